using System;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;

namespace PicoKubelet.Logging;

/// <summary>
/// Keeps the log's last lines over a reboot, in a file. Written before a reboot and at the first fault of a start, and at no other
/// time: flash wears out.
/// </summary>
public sealed class LogFile
{
    /// <summary>The file's name.</summary>
    public const string FileName = "log" + AtomicStorage.CacheSuffix;

    private readonly IStorage _storage;
    private readonly LogRing _log;

    /// <summary>Initializes the file; nothing is read or written yet.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="log">The log, one that is made to be stored.</param>
    public LogFile(IStorage storage, LogRing log)
    {
        _storage = storage;
        _log = log;
    }

    /// <summary>Stores the lines that there are, in place of those that were stored before. Never throws, and allocates next to nothing.</summary>
    /// <returns>Whether they were stored.</returns>
    public bool Save()
    {
        try
        {
            return _log.StoreBy(this);
        }
        catch (Exception)
        {
            // Of memory there may be none: a reboot is perhaps due for just that.
            return false;
        }
    }

    /// <summary>Reads what was stored last.</summary>
    /// <returns>Its lines, or null where there are none that are whole.</returns>
    public LogRing Load()
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(FileName);
            return stored == null ? null : Load(new SealedFile(stored));
        }
        catch (Exception)
        {
            return null;
        }
        finally
        {
            stored?.Close();
        }
    }

    internal bool Store(byte[] buffer, int count)
    {
        SealedFile.Seal(buffer, SealedFile.HeadBytes, count);
        return _storage.Replace(FileName, buffer, 0, SealedFile.HeadBytes + count);
    }

    private LogRing Load(SealedFile file)
    {
        // A file of another size of ring, another version's, is whole only where it fits.
        byte[] content = new byte[_log.Capacity];
        int count = 0;
        int read;
        do
        {
            read = file.Read(content, count, content.Length - count);
            count += read;
        }
        while (read > 0);
        return file.HasHead && file.IsSound && count > 0 ? new LogRing(content, count) : null;
    }
}
