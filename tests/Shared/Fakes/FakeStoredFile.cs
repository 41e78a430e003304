using PicoKubelet.Hardware;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A file with the given text.</summary>
internal sealed class FakeStoredFile : IStoredFile
{
    private readonly PiecewiseSource _source;

    public FakeStoredFile(string text)
    {
        _source = new PiecewiseSource(text, 100);
    }

    public FakeStoredFile(byte[] bytes)
    {
        _source = new PiecewiseSource(bytes, 100);
    }

    public bool IsClosed { get; private set; }

    public int Read(byte[] buffer, int offset, int count)
    {
        return _source.Read(buffer, offset, count);
    }

    public void Close()
    {
        IsClosed = true;
    }
}
