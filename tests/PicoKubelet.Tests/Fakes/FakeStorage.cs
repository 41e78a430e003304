using PicoKubelet.Hardware;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A storage with one file at most.</summary>
internal sealed class FakeStorage : IStorage
{
    public bool IsHealthy { get; set; } = true;

    public long TotalBytes { get; set; }

    public string FileName { get; set; }

    public FakeStoredFile File { get; set; }

    public IStoredFile OpenRead(string name)
    {
        return name == FileName ? File : null;
    }

    public long GetTotalBytes()
    {
        return TotalBytes;
    }
}
