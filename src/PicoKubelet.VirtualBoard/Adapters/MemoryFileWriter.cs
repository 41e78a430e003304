using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>A file in memory that is being written.</summary>
internal sealed class MemoryFileWriter(Action<byte[]> close) : IFileWriter
{
    private readonly MemoryStream _content = new();
    private bool _isClosed;

    public void Write(byte[] buffer, int offset, int count)
    {
        _content.Write(buffer, offset, count);
    }

    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            close(_content.ToArray());
        }
    }
}
