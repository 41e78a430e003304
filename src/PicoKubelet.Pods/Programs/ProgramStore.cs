using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Storage;

namespace PicoKubelet.Programs;

/// <summary>
/// The programs that the board keeps in its storage, so that they need not be transferred again: by what they are called by and in
/// which version, and by their SHA-256, which is checked whenever one is read. As many as find room; those that no pod uses make room
/// for others. Whatever the storage does, nothing is thrown: a program that is not kept runs all the same. For one loop alone.
/// </summary>
public sealed class ProgramStore
{
    private const int MaxPrograms = 8;

    private const int ReadBytes = 256;

    private readonly IStorage _storage;
    private readonly IProgramUsers _users;
    private readonly Logger _log;
    private readonly int _places;
    private readonly int _maxBlocks;

    /// <summary>Initializes the store; nothing is read yet.</summary>
    /// <param name="storage">The board's storage.</param>
    /// <param name="storageBytes">Its size.</param>
    /// <param name="users">Knows which programs are used.</param>
    /// <param name="log">The log.</param>
    public ProgramStore(IStorage storage, long storageBytes, IProgramUsers users, Logger log)
    {
        _storage = storage;
        _users = users;
        _log = log;
        _maxBlocks = new FlashBudget(storageBytes, 0).ProgramBlocks;
        _places = _maxBlocks < MaxPrograms ? _maxBlocks : MaxPrograms;
    }

    /// <summary>Looks whether there is a program of a name, in whatever version.</summary>
    /// <param name="name">What it is called by.</param>
    /// <returns>Whether there is one.</returns>
    public bool Has(string name)
    {
        return _places > 0 && new ProgramIndex(_storage, _places).FindName(Sha256.Of(name)) >= 0;
    }

    /// <summary>Reads the program of a name.</summary>
    /// <param name="name">What it is called by.</param>
    /// <param name="version">In which version.</param>
    /// <param name="maxBytes">The most bytes that it may have.</param>
    /// <returns>The program, or null where it is not there in that version, is larger, or is damaged.</returns>
    public StoredProgram Find(string name, string version, int maxBytes)
    {
        if (_places == 0)
        {
            return null;
        }

        ProgramIndex index = new ProgramIndex(_storage, _places);
        int place = index.FindName(Sha256.Of(name));
        return place >= 0 && index.IsVersion(place, Sha256.Of(version)) ? Read(index, place, maxBytes) : null;
    }

    /// <summary>Reads a program by its digest.</summary>
    /// <param name="digest">Its SHA-256.</param>
    /// <param name="maxBytes">The most bytes that it may have.</param>
    /// <returns>The program, or null.</returns>
    public StoredProgram Find(byte[] digest, int maxBytes)
    {
        if (_places == 0)
        {
            return null;
        }

        ProgramIndex index = new ProgramIndex(_storage, _places);
        return Read(index, index.FindDigest(digest), maxBytes);
    }

    /// <summary>Reads a program that somebody put into the storage under a name of his own.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="maxBytes">The most bytes that it may have.</param>
    /// <returns>The program, or null where it is not there or is larger.</returns>
    internal StoredProgram Open(string file, int maxBytes)
    {
        ProgramBytes bytes = ReadFile(file, 0, maxBytes);
        return bytes == null ? null : new StoredProgram(bytes, bytes.MakeDigest());
    }

    /// <summary>Keeps a program, in the place of the one of its name.</summary>
    /// <param name="name">What it is called by.</param>
    /// <param name="version">In which version.</param>
    /// <param name="program">The program.</param>
    /// <returns>Whether it is kept.</returns>
    public bool Keep(string name, string version, StoredProgram program)
    {
        int blocks = FlashBlocks.Of(ProgramIndex.HeadBytes + program.Bytes.Length);
        if (blocks > _maxBlocks || program.Bytes.Length == 0)
        {
            return false;
        }

        ProgramIndex index = new ProgramIndex(_storage, _places);
        byte[] key = Sha256.Of(name);
        byte[] versionKey = Sha256.Of(version);
        int old = index.FindName(key);
        if (old >= 0 && index.IsVersion(old, versionKey) && index.IsDigest(old, program.Digest))
        {
            return true;
        }

        if (old >= 0)
        {
            Drop(index, old);
        }

        do
        {
            int place = FindRoom(index, blocks);
            INewFile file = place < 0 ? null : _storage.Create(ProgramIndex.FileOf(place));
            if (file != null)
            {
                index.Set(place, key, versionKey, program);
                index.Write(place, file, program.Bytes);
                if (file.Complete())
                {
                    return true;
                }

                index.Clear(place);
            }
        }
        while (DropUnused(index));

        _log.Info("no room to keep a program", "bytes", program.Bytes.Length.ToString());
        return false;
    }

    /// <returns>A free place, where the sum leaves room too, or -1.</returns>
    private int FindRoom(ProgramIndex index, int blocks)
    {
        int free = -1;
        for (int i = 0; i < _places; i++)
        {
            int length = index.LengthOf(i);
            blocks += length == 0 ? 0 : FlashBlocks.Of(ProgramIndex.HeadBytes + length);
            free = length == 0 ? i : free;
        }

        return blocks > _maxBlocks ? -1 : free;
    }

    /// <summary>Drops the oldest program that no pod uses.</summary>
    /// <returns>Whether there was one.</returns>
    private bool DropUnused(ProgramIndex index)
    {
        int oldest = -1;
        for (int i = 0; i < _places; i++)
        {
            if (index.LengthOf(i) > 0 && (oldest < 0 || index.AgeOf(i) < index.AgeOf(oldest)) && !_users.Uses(index.DigestOf(i)))
            {
                oldest = i;
            }
        }

        if (oldest >= 0)
        {
            Drop(index, oldest);
        }

        return oldest >= 0;
    }

    private void Drop(ProgramIndex index, int place)
    {
        index.Clear(place);
        _storage.Delete(ProgramIndex.FileOf(place));
    }

    private StoredProgram Read(ProgramIndex index, int place, int maxBytes)
    {
        int length = place < 0 ? 0 : index.LengthOf(place);
        if (length <= 0 || length > maxBytes)
        {
            return null;
        }

        ProgramBytes bytes = ReadFile(ProgramIndex.FileOf(place), ProgramIndex.HeadBytes, length);
        byte[] digest = bytes != null && bytes.Length == length ? bytes.MakeDigest() : null;
        if (digest != null && index.IsDigest(place, digest))
        {
            return new StoredProgram(bytes, digest) { Image = index.ImageOf(place) };
        }

        _log.Warn("a program in the storage is damaged; it is fetched anew", "file", ProgramIndex.FileOf(place));
        Drop(index, place);
        return null;
    }

    private ProgramBytes ReadFile(string name, int skipped, int length)
    {
        IStoredFile file = null;
        try
        {
            file = _storage.OpenRead(name);
            if (file == null)
            {
                return null;
            }

            ProgramBytes bytes = new ProgramBytes(length);
            byte[] buffer = new byte[ReadBytes];
            int read;
            while (skipped > 0 && (read = file.Read(buffer, 0, skipped < ReadBytes ? skipped : ReadBytes)) > 0)
            {
                skipped -= read;
            }

            while (!bytes.IsTooLarge && (read = file.Read(buffer, 0, ReadBytes)) > 0)
            {
                bytes.Write(buffer, 0, read);
            }

            return bytes.IsTooLarge ? null : bytes;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            return null;
        }
        finally
        {
            file?.Close();
        }
    }
}
