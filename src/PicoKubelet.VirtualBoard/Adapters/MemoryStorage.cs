using System.Collections.Concurrent;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>Files in memory: they outlive a reboot of the board, not the process.</summary>
internal sealed class MemoryStorage : SimulatedStorage
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public MemoryStorage(long totalBytes)
        : base(totalBytes)
    {
    }

    protected override byte[]? Read(string name)
    {
        return _files.GetValueOrDefault(name);
    }

    protected override void Write(string name, byte[] content)
    {
        _files[name] = content;
    }

    protected override void Remove(string name)
    {
        _files.TryRemove(name, out _);
    }
}
