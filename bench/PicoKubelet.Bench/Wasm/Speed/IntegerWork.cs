namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>Programs/integer.c in C#.</summary>
internal sealed class IntegerWork : Workload
{
    private const int Nodes = 64;
    private const int Side = 12;
    private const int Text = 256;
    private const string Units = "0123456789.e+-, ";

    private readonly uint[] _next = new uint[Nodes];
    private readonly uint[] _value = new uint[Nodes];
    private readonly int[] _a = new int[Side * Side];
    private readonly int[] _b = new int[Side * Side];
    private readonly int[] _c = new int[Side * Side];
    private readonly byte[] _text = new byte[Text];

    public override string Name => "integer";

    public override int Rounds => 1000;

    public override int Run(int rounds)
    {
        uint sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            sum = Crc(sum, List((uint)i));
            sum = Crc(sum, Matrix(sum));
            sum = Crc(sum, States(sum));
        }

        return (int)sum;
    }

    private static uint Crc(uint sum, uint data)
    {
        for (int bit = 0; bit < 16; bit++)
        {
            uint carry = (sum ^ data) & 1;
            sum >>= 1;
            data >>= 1;
            if (carry != 0)
            {
                sum ^= 0xA001;
            }
        }

        return sum;
    }

    private uint List(uint seed)
    {
        uint found = 0;
        for (uint i = 0; i < Nodes; i++)
        {
            _next[i] = i + 1;
            _value[i] = ((i * 37) + seed) & 0xFF;
        }

        for (uint wanted = 0; wanted < 16; wanted++)
        {
            for (uint node = 0; node != Nodes; node = _next[node])
            {
                if (_value[node] == wanted)
                {
                    found += node;
                    break;
                }
            }
        }

        uint head = Nodes;
        for (uint node = 0; node != Nodes;)
        {
            uint after = _next[node];
            _next[node] = head;
            head = node;
            node = after;
        }

        for (uint node = head; node != Nodes; node = _next[node])
        {
            found = (found * 3) + _value[node];
        }

        return found;
    }

    private uint Matrix(uint seed)
    {
        for (int i = 0; i < Side * Side; i++)
        {
            _a[i] = (int)((seed + (uint)i) & 0x3F);
            _b[i] = (int)((seed ^ (uint)i) & 0x3F);
        }

        int sum = 0;
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                int cell = 0;
                for (int k = 0; k < Side; k++)
                {
                    cell += _a[(row * Side) + k] * _b[(k * Side) + column];
                }

                _c[(row * Side) + column] = cell;
                sum ^= cell >> 3;
            }
        }

        return (uint)sum;
    }

    private uint States(uint seed)
    {
        for (uint i = 0; i < Text; i++)
        {
            seed = (seed * 1103515245) + 12345;
            _text[i] = (byte)Units[(int)((seed >> 16) & 15)];
        }

        uint counts = 0;
        int state = 0;
        for (uint i = 0; i < Text; i++)
        {
            state = Next(state, _text[i]);
            counts = (counts * 7) + (uint)state;
        }

        return counts;
    }

    private static int Next(int state, byte unit)
    {
        bool isDigit = unit >= '0' && unit <= '9';
        switch (state)
        {
            case 0:
                return isDigit ? 1 : unit == '+' || unit == '-' ? 2 : unit == ',' ? 0 : 5;
            case 1:
                return isDigit ? 1 : unit == '.' ? 3 : unit == 'e' ? 4 : unit == ',' ? 0 : 5;
            case 2:
                return isDigit ? 1 : 5;
            case 3:
                return isDigit ? 3 : unit == 'e' ? 4 : unit == ',' ? 0 : 5;
            case 4:
                return isDigit ? 3 : unit == '+' || unit == '-' ? 4 : 5;
            default:
                return unit == ',' || unit == ' ' ? 0 : 5;
        }
    }
}
