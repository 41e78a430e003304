using System;

namespace PicoKubelet.Wasm;


/// <summary>Bits of floats and back: the runtime of the device has no such call for 32 bits that does not allocate.</summary>
internal static partial class Floats
{
#if NET
    public static float ToSingle(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static int ToBits(float value) => BitConverter.SingleToInt32Bits(value);
#else
    public static float ToSingle(int bits) => throw new NotSupportedException();

    public static int ToBits(float value) => throw new NotSupportedException();
#endif

    public static double ToDouble(long bits) => BitConverter.Int64BitsToDouble(bits);

    public static long ToBits(double value) => BitConverter.DoubleToInt64Bits(value);
}
