using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// Bits of floats and back, and what the device's core library has no call for: rounding, square root, least and greatest.
/// </summary>
internal static class Floats
{
    private const double Integers = 4503599627370496.0; // 2^52: from here on a float has no fraction

#if NET
    public static float ToSingle(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static int ToBits(float value) => BitConverter.SingleToInt32Bits(value);
#else
    // The device's calls for 32 bits go through an array: by way of 64 bits nothing is allocated.
    public static float ToSingle(int bits) => WithSingleBits(bits);

    public static int ToBits(float value) => SingleBits(value);
#endif

    public static double ToDouble(long bits) => BitConverter.Int64BitsToDouble(bits);

    public static long ToBits(double value) => BitConverter.DoubleToInt64Bits(value);

    /// <summary>The float of 32 bits, with integers and floats of 64 bits alone.</summary>
    public static float WithSingleBits(int bits)
    {
        var exponent = (bits >> 23) & 255;
        long fraction = bits & 0x7FFFFF;
        double value;
        if (exponent == 0)
        {
            // 2^-149 each.
            value = fraction * 1.40129846432481707e-45;
            return (float)(bits < 0 ? -value : value);
        }

        exponent = exponent == 255 ? 2047 : exponent + 896;
        return (float)ToDouble(((long)(bits >> 31) << 63) | ((long)exponent << 52) | (fraction << 29));
    }

    /// <summary>The bits of a float of 32 bits, with integers and floats of 64 bits alone.</summary>
    public static int SingleBits(float value)
    {
        var bits = ToBits((double)value);
        var sign = (int)(bits >> 32) & int.MinValue;
        var exponent = (int)(bits >> 52) & 2047;
        var fraction = (int)(bits >> 29) & 0x7FFFFF;
        if (exponent == 2047)
        {
            return sign | 0x7F800000 | fraction;
        }

        if (exponent > 896)
        {
            return sign | ((exponent - 896) << 23) | fraction;
        }

        // Too small for a leading one.
        return exponent < 873 ? sign : sign | ((fraction | 0x800000) >> (897 - exponent));
    }

    /// <summary>A quotient. On the device a division by zero, of floats too, is an exception.</summary>
    public static double Divide(double x, double y)
    {
        if (y != 0)
        {
            return x / y;
        }

        if (x == 0 || double.IsNaN(x))
        {
            return double.NaN;
        }

        return (ToBits(x) ^ ToBits(y)) < 0 ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>Half of an unsigned number; the lost bit is kept, so that rounding is right.</summary>
    public static long Half(long value) => (long)((ulong)value >> 1) | (value & 1);

    public static double Truncate(double value)
    {
        var bits = ToBits(value);
        var exponent = ((int)(bits >> 52) & 2047) - 1023;
        if (exponent >= 52)
        {
            return value + 0.0 == value ? value : value + value;
        }

        return ToDouble(exponent < 0 ? bits & long.MinValue : bits & ~((1L << (52 - exponent)) - 1));
    }

    public static double Floor(double value)
    {
        var whole = Truncate(value);
        return value < whole ? whole - 1 : whole;
    }

    public static double Ceiling(double value)
    {
        var whole = Truncate(value);
        return value > whole ? whole + 1 : whole;
    }

    /// <summary>The nearest whole number, of two the even one.</summary>
    public static double Nearest(double value)
    {
        var bits = ToBits(value);
        var size = ToDouble(bits & long.MaxValue);
        if (!(size < Integers))
        {
            return Truncate(value);
        }

        // The sum is rounded to a whole number.
        return ToDouble(ToBits(size + Integers - Integers) | (bits & long.MinValue));
    }

    public static double Minimum(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return x + y;
        }

        return x < y ? x : y < x ? y : ToDouble(ToBits(x) | ToBits(y));
    }

    public static double Maximum(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return x + y;
        }

        return x > y ? x : y > x ? y : ToDouble(ToBits(x) & ToBits(y));
    }

#if NET
    public static double SquareRoot(double value) => Math.Sqrt(value);
#else
    public static double SquareRoot(double value) => RootByDigits(value);
#endif

    /// <summary>The square root, rounded to nearest, digit by digit.</summary>
    public static double RootByDigits(double value)
    {
        if (double.IsNaN(value) || value < 0)
        {
            return value < 0 ? double.NaN : value;
        }

        var bits = ToBits(value);
        var exponent = (int)(bits >> 52);
        if ((bits & long.MaxValue) == 0 || exponent == 2047)
        {
            return value;
        }

        var fraction = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
        {
            exponent = 1;
        }
        else
        {
            fraction |= 0x10000000000000;
        }

        for (; (fraction & 0x10000000000000) == 0; exponent--)
        {
            fraction <<= 1;
        }

        exponent -= 1023;
        if ((exponent & 1) != 0)
        {
            fraction <<= 1;
        }

        // 53 bits of the root and one to round by, the greatest first.
        fraction <<= 1;
        long root = 0;
        long sum = 0;
        for (long digit = 0x20000000000000; digit != 0; digit >>= 1)
        {
            var next = sum + digit;
            if (next <= fraction)
            {
                sum = next + digit;
                fraction -= next;
                root += digit;
            }

            fraction <<= 1;
        }

        root += root & 1;
        return ToDouble((root >> 1) + ((long)((exponent >> 1) + 1022) << 52));
    }
}
