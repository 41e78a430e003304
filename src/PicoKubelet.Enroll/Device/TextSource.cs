using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Enroll.Device;

/// <summary>A text as the firmware reads a file.</summary>
internal sealed class TextSource : IByteSource
{
    private readonly MemoryStream _bytes;

    public TextSource(string text)
    {
        _bytes = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        return _bytes.Read(buffer, offset, count);
    }
}
