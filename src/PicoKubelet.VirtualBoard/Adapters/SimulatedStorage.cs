using System.Text;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The file storage of a simulated board: a device's, over files of the PC, that can be made to fail.</summary>
internal sealed class SimulatedStorage : IStorage
{
    private readonly AtomicStorage _storage;
    private volatile bool _works = true;

    public SimulatedStorage(IFiles files, long totalBytes)
    {
        _storage = new AtomicStorage(totalBytes > 0 ? new BlockFiles(files, totalBytes) : files, totalBytes);
    }

    /// <summary>Gets or sets whether the storage takes what is written.</summary>
    public bool Works
    {
        get => _works;
        set => _works = value;
    }

    public bool IsHealthy => _works && _storage.IsHealthy;

    public long GetTotalBytes()
    {
        return _storage.GetTotalBytes();
    }

    public string[] GetNames()
    {
        return _storage.GetNames();
    }

    public IStoredFile? OpenRead(string name)
    {
        return _storage.OpenRead(name);
    }

    public bool Replace(string name, byte[] buffer, int offset, int count)
    {
        return _works && _storage.Replace(name, buffer, offset, count);
    }

    public string? TakeDropped()
    {
        return _storage.TakeDropped();
    }

    public INewFile? Create(string name)
    {
        return _works ? _storage.Create(name) : null;
    }

    public bool Delete(string name)
    {
        return _works && _storage.Delete(name);
    }

    /// <summary>Reads a file as text.</summary>
    /// <returns>The text, or null where there is no such file.</returns>
    public string? ReadText(string name)
    {
        IStoredFile? file = _storage.OpenRead(name);
        if (file is null)
        {
            return null;
        }

        using var text = new MemoryStream();
        byte[] block = new byte[4096];
        for (int read = file.Read(block, 0, block.Length); read > 0; read = file.Read(block, 0, block.Length))
        {
            text.Write(block, 0, read);
        }

        file.Close();
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Writes a file, as nanoff would.</summary>
    /// <exception cref="IOException">The PC's storage does not take it.</exception>
    public void WriteText(string name, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        if (!_storage.Replace(name, content, 0, content.Length))
        {
            throw new IOException("can not write " + name);
        }
    }
}
