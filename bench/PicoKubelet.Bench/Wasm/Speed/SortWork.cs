namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>Programs/sort.c in C#.</summary>
internal sealed class SortWork : Workload
{
    private const int Count = 1000;

    private readonly uint[] _numbers = new uint[Count];

    public override string Name => "sort";

    public override int Rounds => 100;

    public override int Run(int rounds)
    {
        uint sum = 1;
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Count; i++)
            {
                sum = (sum * 1664525) + 1013904223;
                _numbers[i] = sum;
            }

            for (int root = (Count / 2) - 1; root >= 0; root--)
            {
                Sift(root, Count);
            }

            for (int end = Count - 1; end > 0; end--)
            {
                (_numbers[0], _numbers[end]) = (_numbers[end], _numbers[0]);
                Sift(0, end);
            }

            for (int i = 0; i < Count; i++)
            {
                sum = (sum << 1 | sum >> 31) ^ _numbers[i];
            }
        }

        return (int)sum;
    }

    private void Sift(int root, int end)
    {
        uint moved = _numbers[root];
        for (int child = (root * 2) + 1; child < end; child = (root * 2) + 1)
        {
            if (child + 1 < end && _numbers[child + 1] > _numbers[child])
            {
                child++;
            }

            if (_numbers[child] <= moved)
            {
                break;
            }

            _numbers[root] = _numbers[child];
            root = child;
        }

        _numbers[root] = moved;
    }
}
