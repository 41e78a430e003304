namespace PicoKubelet.Bench.Workloads.Programs;

/// <summary>Writes the instructions of a WebAssembly function; the numbers are those of the specification's binary format.</summary>
internal sealed class CodeWriter
{
    private const byte NoResult = 0x40;

    private readonly List<byte> _bytes = [];

    /// <summary>Adds what has no better name here.</summary>
    public CodeWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public CodeWriter Int32(int value)
    {
        _bytes.Add(0x41);
        Signed(value);
        return this;
    }

    public CodeWriter Int64(long value)
    {
        _bytes.Add(0x42);
        Signed(value);
        return this;
    }

    public CodeWriter Call(int function)
    {
        _bytes.Add(0x10);
        Unsigned(_bytes, function);
        return this;
    }

    public CodeWriter Drop() => Raw(0x1a);

    public CodeWriter Get(byte local) => Raw(0x20, local);

    public CodeWriter Set(byte local) => Raw(0x21, local);

    public CodeWriter Loop() => Raw(0x03, NoResult);

    public CodeWriter If() => Raw(0x04, NoResult);

    public CodeWriter End() => Raw(0x0b);

    public CodeWriter Branch(byte depth) => Raw(0x0c, depth);

    public CodeWriter BranchIf(byte depth) => Raw(0x0d, depth);

    public CodeWriter LoadByte() => Raw(0x2d, 0, 0);

    public CodeWriter StoreByte() => Raw(0x3a, 0, 0);

    public CodeWriter StoreInt32() => Raw(0x36, 2, 0);

    public CodeWriter Add() => Raw(0x6a);

    public CodeWriter Subtract() => Raw(0x6b);

    public CodeWriter IsZero() => Raw(0x45);

    public CodeWriter IsLess() => Raw(0x49);

    public CodeWriter IsGreater() => Raw(0x4b);

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Writes a number in LEB128.</summary>
    public static void Unsigned(List<byte> bytes, int value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }

    private void Signed(long value)
    {
        while (value is < -64 or > 63)
        {
            _bytes.Add((byte)((value & 0x7f) | 0x80));
            value >>= 7;
        }

        _bytes.Add((byte)(value & 0x7f));
    }
}
