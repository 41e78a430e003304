using System.Text;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The file storage of a simulated board.</summary>
internal abstract class SimulatedStorage : IStorage
{
    private readonly long _totalBytes;
    private volatile bool _isHealthy = true;

    protected SimulatedStorage(long totalBytes)
    {
        _totalBytes = totalBytes;
    }

    public bool IsHealthy
    {
        get => _isHealthy;
        set => _isHealthy = value;
    }

    public long GetTotalBytes()
    {
        return _totalBytes;
    }

    public IStoredFile? OpenRead(string name)
    {
        byte[]? content = Read(name);
        return content is null ? null : new StoredBytes(content);
    }

    public bool Replace(string name, byte[] buffer, int offset, int count)
    {
        if (!_isHealthy)
        {
            return false;
        }

        Write(name, buffer.AsSpan(offset, count).ToArray());
        return true;
    }

    public bool Delete(string name)
    {
        if (!_isHealthy)
        {
            return false;
        }

        Remove(name);
        return true;
    }

    /// <summary>Reads a file as text.</summary>
    /// <returns>The text, or null where there is no such file.</returns>
    public string? ReadText(string name)
    {
        byte[]? content = Read(name);
        return content is null ? null : Encoding.UTF8.GetString(content);
    }

    /// <summary>Writes a file.</summary>
    public void WriteText(string name, string text)
    {
        Write(name, Encoding.UTF8.GetBytes(text));
    }

    protected abstract byte[]? Read(string name);

    protected abstract void Write(string name, byte[] content);

    protected abstract void Remove(string name);
}
