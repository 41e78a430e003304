using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>An open file of a simulated board.</summary>
internal sealed class StoredBytes : IStoredFile
{
    private readonly MemoryStream _content;

    public StoredBytes(byte[] content)
    {
        _content = new MemoryStream(content, writable: false);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        return _content.Read(buffer, offset, count);
    }

    public void Close()
    {
        _content.Close();
    }
}
