namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>Programs/floats.c in C#.</summary>
internal sealed class FloatWork : Workload
{
    private const int Side = 32;
    private const int Most = 64;

    public override string Name => "floats";

    public override int Rounds => 80;

    public override int Run(int rounds)
    {
        int inside = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int row = 0; row < Side; row++)
            {
                for (int column = 0; column < Side; column++)
                {
                    inside += Steps((column * 3.0 / Side) - 2.0, (row * 2.0 / Side) - 1.0 + (round * 0.001));
                }
            }
        }

        return inside;
    }

    private static int Steps(double real, double imaginary)
    {
        double x = 0;
        double y = 0;
        int steps = 0;
        while (steps < Most && (x * x) + (y * y) <= 4.0)
        {
            double turned = (x * x) - (y * y) + real;
            y = (2.0 * x * y) + imaginary;
            x = turned;
            steps++;
        }

        return steps;
    }
}
