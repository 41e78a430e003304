using PicoKubelet.Hardware;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>Bytes that arrive a few at a time, and the count of how often more were asked for.</summary>
internal sealed class Pieces : IStoredFile
{
    private byte[] _bytes = [];
    private int _size;
    private int _position;

    public int Reads { get; private set; }

    public void Reset(byte[] bytes, int size)
    {
        _bytes = bytes;
        _size = size;
        _position = 0;
        Reads = 0;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        // Each read but the last few brings a byte: more of them are a loop without an end.
        if (++Reads > _bytes.Length + 1000)
        {
            throw new FuzzFailure("reads on and on behind the end");
        }

        int length = Math.Min(Math.Min(count, _size), _bytes.Length - _position);
        _bytes.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public void Close()
    {
    }
}
