using PicoKubelet.Hardware;

namespace PicoKubelet.Bench.Simulation;

/// <summary>An open file of the board's storage.</summary>
internal sealed class VirtualFile(byte[] content) : IStoredFile
{
    private int _position;

    public int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(count, content.Length - _position);
        content.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public void Close()
    {
    }
}
