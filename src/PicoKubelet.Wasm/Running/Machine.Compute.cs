namespace PicoKubelet.Wasm;


/// <content>The numeric instructions that are not in the interpreter's own method.</content>
internal sealed partial class Machine
{
    private static WasmTrapKind Compute(int op, int to, int x, int y, int[] f, long[] g)
    {
        if (op >= 0xA8 && op <= 0xBF)
        {
            return Convert(op, to, x, f, g);
        }

        if (op >= Op.TruncSaturated && op <= Op.TruncSaturated + 7)
        {
            op -= Op.TruncSaturated;
            return Truncate((op & 2) == 0 ? Floats.ToSingle(f[x]) : Floats.ToDouble(g[x]), ((op >> 1) & 2) | (op & 1), true, to, f, g);
        }

        switch (op)
        {
            case 0x67:
                f[to] = LeadingZeros(f[x]);
                break;
            case 0x68:
                f[to] = TrailingZeros(f[x]);
                break;
            case 0x69:
                f[to] = Ones(f[x]);
                break;
            case 0x79:
                g[to] = (int)(g[x] >> 32) == 0 ? 32 + LeadingZeros((int)g[x]) : LeadingZeros((int)(g[x] >> 32));
                break;
            case 0x7A:
                g[to] = (int)g[x] == 0 ? 32 + TrailingZeros((int)(g[x] >> 32)) : TrailingZeros((int)g[x]);
                break;
            case 0x7B:
                g[to] = Ones((int)g[x]) + Ones((int)(g[x] >> 32));
                break;
            case 0x7F:
            case 0x80:
            case 0x81:
            case 0x82:
                return Divide(op, to, g[x], g[y], g);
            case 0x89:
                g[to] = (g[x] << (int)g[y]) | (long)((ulong)g[x] >> -(int)g[y]);
                break;
            case 0x8A:
                g[to] = (long)((ulong)g[x] >> (int)g[y]) | (g[x] << -(int)g[y]);
                break;
            case 0xC2:
                g[to] = (sbyte)g[x];
                break;
            case 0xC3:
                g[to] = (short)g[x];
                break;
            case 0xC4:
                g[to] = (int)g[x];
                break;
            default:
                if (op <= 0x98)
                {
                    f[to] = Compute32(op, f[x], f[y]);
                }
                else
                {
                    g[to] = Compute64(op, g[x], g[y]);
                }

                break;
        }

        return WasmTrapKind.None;
    }

    private static WasmTrapKind Divide(int op, int to, long left, long right, long[] g)
    {
        if (right == 0)
        {
            return WasmTrapKind.IntegerDivideByZero;
        }

        if (op == 0x80)
        {
            g[to] = (long)((ulong)left / (ulong)right);
        }
        else if (op == 0x82)
        {
            g[to] = (long)((ulong)left % (ulong)right);
        }
        else if (right != -1)
        {
            g[to] = op == 0x7F ? left / right : left % right;
        }
        else if (op == 0x81)
        {
            g[to] = 0;
        }
        else if (left == long.MinValue)
        {
            return WasmTrapKind.IntegerOverflow;
        }
        else
        {
            g[to] = -left;
        }

        return WasmTrapKind.None;
    }

    private static int Compute32(int op, int x, int y)
    {
        switch (op)
        {
            case 0x8B:
                return x & int.MaxValue;
            case 0x8C:
                return x ^ int.MinValue;
            case 0x98:
                return (x & int.MaxValue) | (y & int.MinValue);
            default:
                // The results of all others are floats of 32 bits, or get there with one rounding.
                return Floats.ToBits((float)Round(op + 0x0E, Floats.ToSingle(x), Floats.ToSingle(y)));
        }
    }

    private static long Compute64(int op, long x, long y)
    {
        switch (op)
        {
            case 0x99:
                return x & long.MaxValue;
            case 0x9A:
                return x ^ long.MinValue;
            case 0xA6:
                return (x & long.MaxValue) | (y & long.MinValue);
            default:
                return Floats.ToBits(Round(op, Floats.ToDouble(x), Floats.ToDouble(y)));
        }
    }

    private static double Round(int op, double x, double y) => op switch
    {
        0x9B => Floats.Ceiling(x),
        0x9C => Floats.Floor(x),
        0x9D => Floats.Truncate(x),
        0x9E => Floats.Nearest(x),
        0x9F => Floats.SquareRoot(x),
        0xA4 => Floats.Minimum(x, y),
        _ => Floats.Maximum(x, y),
    };

    private static WasmTrapKind Convert(int op, int to, int x, int[] f, long[] g)
    {
        switch (op)
        {
            case 0xA8:
            case 0xA9:
                return Truncate(Floats.ToSingle(f[x]), op & 1, false, to, f, g);
            case 0xAA:
            case 0xAB:
                return Truncate(Floats.ToDouble(g[x]), op & 1, false, to, f, g);
            case 0xAE:
            case 0xAF:
                return Truncate(Floats.ToSingle(f[x]), 2 | (op & 1), false, to, f, g);
            case 0xB0:
            case 0xB1:
                return Truncate(Floats.ToDouble(g[x]), 2 | (op & 1), false, to, f, g);
            case 0xB2:
                f[to] = Floats.ToBits((float)f[x]);
                break;
            case 0xB3:
                f[to] = Floats.ToBits((float)(long)(uint)f[x]);
                break;
            case 0xB4:
                f[to] = Floats.ToBits((float)g[x]);
                break;
            case 0xB5:
                f[to] = Floats.ToBits(g[x] >= 0 ? (float)g[x] : (float)Floats.Half(g[x]) * 2);
                break;
            case 0xB6:
                f[to] = Floats.ToBits((float)Floats.ToDouble(g[x]));
                break;
            case 0xB7:
                g[to] = Floats.ToBits((double)f[x]);
                break;
            case 0xB8:
                g[to] = Floats.ToBits((double)(long)(uint)f[x]);
                break;
            case 0xB9:
                g[to] = Floats.ToBits((double)g[x]);
                break;
            case 0xBA:
                g[to] = Floats.ToBits(g[x] >= 0 ? (double)g[x] : (double)Floats.Half(g[x]) * 2);
                break;
            default:
                g[to] = Floats.ToBits((double)Floats.ToSingle(f[x]));
                break;
        }

        return WasmTrapKind.None;
    }

    // Kinds: 0 signed and 1 unsigned to 32 bits, 2 and 3 to 64 bits.
    private static WasmTrapKind Truncate(double value, int kind, bool saturates, int to, int[] f, long[] g)
    {
        long result;
        if (double.IsNaN(value))
        {
            if (!saturates)
            {
                return WasmTrapKind.InvalidConversionToInteger;
            }

            result = 0;
        }
        else
        {
            var low = kind == 0 ? value <= -2147483649.0 : kind == 2 ? value < -9223372036854775808.0 : value <= -1.0;
            var high = value >= (kind == 0 ? 2147483648.0 : kind == 1 ? 4294967296.0 : kind == 2 ? 9223372036854775808.0 : 18446744073709551616.0);
            if ((low || high) && !saturates)
            {
                return WasmTrapKind.IntegerOverflow;
            }

            result = low ? (kind == 0 ? int.MinValue : kind == 2 ? long.MinValue : 0)
                : high ? (kind == 0 ? int.MaxValue : kind == 1 ? uint.MaxValue : kind == 2 ? long.MaxValue : -1)
                : value >= 9223372036854775808.0 ? (long)(value - 9223372036854775808.0) ^ long.MinValue : (long)value;
        }

        if (kind < 2)
        {
            f[to] = (int)result;
        }
        else
        {
            g[to] = result;
        }

        return WasmTrapKind.None;
    }

    private static int LeadingZeros(int value)
    {
        if (value == 0)
        {
            return 32;
        }

        var count = 0;
        for (var bits = 16; bits > 0; bits >>= 1)
        {
            if ((uint)value >> (32 - bits) == 0)
            {
                count += bits;
                value <<= bits;
            }
        }

        return count;
    }

    private static int TrailingZeros(int value) => value == 0 ? 32 : 31 - LeadingZeros(value & -value);

    private static int Ones(int value)
    {
        value -= (int)(((uint)value >> 1) & 0x55555555);
        value = (value & 0x33333333) + (int)(((uint)value >> 2) & 0x33333333);
        value = (int)((uint)value + ((uint)value >> 4)) & 0x0F0F0F0F;
        return (int)((uint)(value * 0x01010101) >> 24);
    }
}
