using System;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Chance that is the same on a device and on a PC: of one seed their own two draw differently. A linear congruential generator (Numerical Recipes).</summary>
internal sealed class SeededRandom : Random
{
    private uint _state;

    public SeededRandom(int seed)
    {
        _state = (uint)seed;
    }

    public override int Next()
    {
        _state = (_state * 1664525u) + 1013904223u;

        // The lower bits have short periods.
        return (int)(_state >> 8);
    }

    public override int Next(int maxValue)
    {
        return Next() % maxValue;
    }

    public override double NextDouble()
    {
        return Next() / (double)(1 << 24);
    }

    public override void NextBytes(byte[] buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)Next();
        }
    }
}
