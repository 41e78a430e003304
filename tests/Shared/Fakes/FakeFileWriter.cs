using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A file of <see cref="FakeFiles"/> that is being written.</summary>
internal sealed class FakeFileWriter : IFileWriter
{
    private readonly FakeFiles _files;
    private readonly string _name;
    private bool _isClosed;

    public FakeFileWriter(FakeFiles files, string name)
    {
        _files = files;
        _name = name;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _files.Append(_name, buffer, offset, count);
    }

    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _files.Flush();
        }
    }
}
