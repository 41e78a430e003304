// A loop over doubles: the Mandelbrot set of a square of points. FloatWork.cs is the same in C#.
enum { Side = 32, Most = 64 };

int run(int rounds)
{
    int inside = 0;
    for (int round = 0; round < rounds; round++)
    {
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                double real = column * 3.0 / Side - 2.0;
                double imaginary = row * 2.0 / Side - 1.0 + round * 0.001;
                double x = 0;
                double y = 0;
                int steps = 0;
                while (steps < Most && x * x + y * y <= 4.0)
                {
                    double turned = x * x - y * y + real;
                    y = 2.0 * x * y + imaginary;
                    x = turned;
                    steps++;
                }

                inside += steps;
            }
        }
    }

    return inside;
}
