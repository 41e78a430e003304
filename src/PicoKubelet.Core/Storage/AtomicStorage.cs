using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

/// <summary>
/// The storage over a board's files: a file is replaced by a new one that is whole on the medium before the old one goes.
/// What a power cut left behind is put right when the file is next opened or replaced.
/// </summary>
/// <remarks>Files that the board can do without, those whose names end with <see cref="CacheSuffix"/>, make room for its own: the first by name goes first.</remarks>
public sealed partial class AtomicStorage : IStorage
{
    /// <summary>What the names of files end with that may be dropped at any time.</summary>
    public const string CacheSuffix = ".cache";

    /// <summary>What the names of files end with that are not whole yet.</summary>
    public const string NewSuffix = ".new";

    // More than there are; a medium that keeps what it is told to delete ends it too.
    private const int MaxDrops = 32;

    private readonly IFiles _files;
    private readonly long _totalBytes;
    private string _dropped;
    private string _created;

    /// <summary>Initializes the storage.</summary>
    /// <param name="files">The files; this storage's alone.</param>
    /// <param name="totalBytes">The size of the storage in bytes, or 0 where it is not known.</param>
    public AtomicStorage(IFiles files, long totalBytes = 0)
    {
        _files = files;
        _totalBytes = totalBytes;
    }

    /// <inheritdoc/>
    public bool IsHealthy { get; private set; } = true;

    /// <inheritdoc/>
    public string[] GetNames()
    {
        lock (_files)
        {
            try
            {
                return _files.GetNames();
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                IsHealthy = false;
                return new string[0];
            }
        }
    }

    /// <inheritdoc/>
    public IStoredFile OpenRead(string name)
    {
        lock (_files)
        {
            try
            {
                return Recover(name) ? _files.Open(name) : null;
            }
            catch (Exception)
            {
                IsHealthy = false;
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public bool Replace(string name, byte[] buffer, int offset, int count)
    {
        lock (_files)
        {
            bool isOwn = !name.EndsWith(CacheSuffix);
            bool isStored = TryReplace(name, buffer, offset, count);
            for (int drops = 0; !isStored && isOwn && drops < MaxDrops && DropCache(); drops++)
            {
                isStored = TryReplace(name, buffer, offset, count);
            }

            // A medium that has no room for what the board can do without is well.
            IsHealthy = isStored || (!isOwn && IsHealthy);
            return isStored;
        }
    }

    /// <inheritdoc/>
    public string TakeDropped()
    {
        lock (_files)
        {
            string dropped = _dropped;
            _dropped = null;
            return dropped;
        }
    }

    /// <inheritdoc/>
    public INewFile Create(string name)
    {
        lock (_files)
        {
            try
            {
                AtomicFile file = new AtomicFile(this, name, Begin(name));
                _created = name;
                return file;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                IsHealthy = false;
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public bool Delete(string name)
    {
        lock (_files)
        {
            try
            {
                // The new one first: alone it would be taken for the file.
                _files.Delete(name + NewSuffix);
                _files.Delete(name);
                IsHealthy = true;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                IsHealthy = false;
            }

            return IsHealthy;
        }
    }

    /// <inheritdoc/>
    public long GetTotalBytes() => _totalBytes;

    /// <summary>Adds to a file that is not complete yet.</summary>
    /// <returns>Whether the medium took it.</returns>
    internal bool TryWrite(IFileWriter file, byte[] buffer, int offset, int count)
    {
        lock (_files)
        {
            try
            {
                file.Write(buffer, offset, count);
                return true;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }

    /// <summary>Ends a file that was written, and puts it in the place of the one of its name.</summary>
    /// <returns>Whether the medium took it; where not, nothing of it is left.</returns>
    internal bool TryComplete(IFileWriter file, string name)
    {
        lock (_files)
        {
            try
            {
                file.Close();
                PutInPlace(name);
                IsHealthy = true;
                return true;
            }
            catch (OutOfMemoryException)
            {
                throw;
            }
            catch (Exception)
            {
                Drop(file, name);
                return false;
            }
        }
    }

    /// <summary>Ends a file in vain. A medium that had no room for it, and has again now, is well.</summary>
    internal void Drop(IFileWriter file, string name)
    {
        lock (_files)
        {
            try
            {
                file.Close();
            }
            catch (Exception)
            {
                // What was written goes anyway.
            }

            IsHealthy = TryDelete(name + NewSuffix);
        }
    }

    private bool TryReplace(string name, byte[] buffer, int offset, int count)
    {
        bool isPart = false;
        try
        {
            IFileWriter file = Begin(name);
            isPart = true;
            try
            {
                file.Write(buffer, offset, count);
            }
            finally
            {
                file.Close();
            }

            // From here on it may be the only one that there is.
            isPart = false;
            PutInPlace(name);
            return true;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            if (isPart)
            {
                TryDelete(name + NewSuffix);
            }

            return false;
        }
    }

    private bool TryDelete(string name)
    {
        try
        {
            _files.Delete(name);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
