using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Storage;

/// <summary>
/// The storage over a board's files: a file is replaced by a new one that is whole on the medium before the old one goes.
/// What a power cut left behind is put right when the file is next opened or replaced.
/// </summary>
public sealed class AtomicStorage : IStorage
{
    private const string NewSuffix = ".new";

    private readonly IFiles _files;
    private readonly long _totalBytes;

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
            try
            {
                IFileWriter file = Begin(name);
                try
                {
                    file.Write(buffer, offset, count);
                }
                finally
                {
                    file.Close();
                }

                PutInPlace(name);
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
    public INewFile Create(string name)
    {
        lock (_files)
        {
            try
            {
                return new AtomicFile(this, name, Begin(name));
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

            try
            {
                _files.Delete(name + NewSuffix);
                IsHealthy = true;
            }
            catch (Exception)
            {
                IsHealthy = false;
            }
        }
    }

    /// <summary>Begins the new file of a name. What a power cut left comes first, since it may be the only one that is whole.</summary>
    private IFileWriter Begin(string name)
    {
        Recover(name);
        return _files.Create(name + NewSuffix);
    }

    /// <summary>Puts the new file, which is whole on the medium, in the place of the old one.</summary>
    private void PutInPlace(string name)
    {
        if (_files.Exists(name))
        {
            _files.Delete(name);
        }

        _files.Move(name + NewSuffix, name);
    }

    /// <summary>Looks whether the old file is torn, as one may be that was put there from outside, and the new one is known to be whole.</summary>
    private bool IsTornBesideWhole(string name, string newName)
    {
        return !IsWhole(name, false) && IsWhole(newName, true);
    }

    private bool IsWhole(string name, bool mustBeSealed)
    {
        IStoredFile file = _files.Open(name);
        try
        {
            return FileState.IsWhole(file, out bool isSealed) && (isSealed || !mustBeSealed);
        }
        finally
        {
            file.Close();
        }
    }

    /// <summary>Puts right what a power cut left behind.</summary>
    /// <returns>Whether there is a file of this name.</returns>
    private bool Recover(string name)
    {
        bool isThere = _files.Exists(name);
        string newName = name + NewSuffix;
        if (!_files.Exists(newName))
        {
            return isThere;
        }

        if (isThere && !IsTornBesideWhole(name, newName))
        {
            // The cut came before the new one was whole, or just after: the old one counts.
            _files.Delete(newName);
            return true;
        }

        if (isThere)
        {
            _files.Delete(name);
        }

        // The old one goes only when the new one is whole. Where there never was an old one it may be torn: the checksum tells.
        _files.Move(newName, name);

        return true;
    }
}
