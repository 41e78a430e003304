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
    /// <summary>The bytes of a block: littlefs stores in those of flash, and RP2040 and ESP32 erase 4 KB at a time.</summary>
    internal const int BlockBytes = 4096;

    /// <summary>What settings, ConfigMap and boot record need, each while it is replaced, and littlefs itself, bytes.</summary>
    internal const int ReservedBytes = 16 * 1024;

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

        // Half of what the board's own files do not need: 2 blocks of a Pico W's 32 KB, 30 of an ESP32's 256 KB.
        long blocks = (storageBytes - ReservedBytes) / 2 / BlockBytes;
        _maxBlocks = blocks < 0 ? 0 : blocks > 1024 ? 1024 : (int)blocks;
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
        ProgramBytes bytes = ReadFile(file, maxBytes);
        return bytes == null ? null : new StoredProgram(bytes, bytes.MakeDigest());
    }

    /// <summary>Keeps a program, in the place of the one of its name. One that is there already gets the name and is not written again.</summary>
    /// <param name="name">What it is called by.</param>
    /// <param name="version">In which version.</param>
    /// <param name="program">The program.</param>
    /// <returns>Whether it is kept.</returns>
    public bool Keep(string name, string version, StoredProgram program)
    {
        int blocks = BlocksOf(program.Bytes.Length);
        if (blocks > _maxBlocks || blocks == 0)
        {
            return false;
        }

        ProgramIndex index = new ProgramIndex(_storage, _places);
        byte[] key = Sha256.Of(name);
        int place = index.FindDigest(program.Digest);
        int old = index.FindName(key);
        if (old >= 0 && old != place)
        {
            Drop(index, old);
        }

        if (place < 0)
        {
            place = Write(index, program, blocks);
        }

        if (place < 0)
        {
            return false;
        }

        index.Set(place, key, Sha256.Of(version), program.Image, program.Digest, program.Bytes.Length);
        return index.Write();
    }

    private static string FileOf(int place) => "program-" + place.ToString();

    private static int BlocksOf(int bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    /// <returns>Where it is, or -1.</returns>
    private int Write(ProgramIndex index, StoredProgram program, int blocks)
    {
        do
        {
            int place = FindRoom(index, blocks);
            if (place >= 0)
            {
                INewFile file = _storage.Create(FileOf(place));
                if (file != null)
                {
                    program.Bytes.WriteTo(file);
                    if (file.Complete())
                    {
                        return place;
                    }
                }
            }
        }
        while (DropUnused(index));

        _log.Info("no room to keep a program", "bytes", program.Bytes.Length.ToString());
        return -1;
    }

    /// <returns>A free place, where the sum leaves room too, or -1.</returns>
    private int FindRoom(ProgramIndex index, int blocks)
    {
        int free = -1;
        for (int i = 0; i < _places; i++)
        {
            int length = index.LengthOf(i);
            blocks += BlocksOf(length);
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

    // The index first: what it does not name is written over.
    private void Drop(ProgramIndex index, int place)
    {
        index.Clear(place);
        index.Write();
        _storage.Delete(FileOf(place));
    }

    private StoredProgram Read(ProgramIndex index, int place, int maxBytes)
    {
        int length = place < 0 ? 0 : index.LengthOf(place);
        if (length <= 0 || length > maxBytes)
        {
            return null;
        }

        ProgramBytes bytes = ReadFile(FileOf(place), length);
        byte[] digest = bytes != null && bytes.Length == length ? bytes.MakeDigest() : null;
        if (digest != null && index.IsDigest(place, digest))
        {
            return new StoredProgram(bytes, digest) { Image = index.ImageOf(place) };
        }

        _log.Warn("a program in the storage is damaged; it is fetched anew", "file", FileOf(place));
        Drop(index, place);
        return null;
    }

    private ProgramBytes ReadFile(string name, int length)
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
