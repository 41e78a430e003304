using System.Collections.Concurrent;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>Files in memory: they outlive a reboot of the board, not the process.</summary>
internal sealed class MemoryFiles : IFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public string[] GetNames()
    {
        return [.. _files.Keys.Order(StringComparer.Ordinal)];
    }

    public bool Exists(string name)
    {
        return _files.ContainsKey(name);
    }

    public IStoredFile Open(string name)
    {
        return new StoredBytes(_files[name]);
    }

    public IFileWriter Create(string name)
    {
        _files[name] = [];
        return new MemoryFileWriter(content => _files[name] = content);
    }

    public void Delete(string name)
    {
        _files.TryRemove(name, out _);
    }

    public void Move(string name, string newName)
    {
        _files[newName] = _files[name];
        _files.TryRemove(name, out _);
    }
}
