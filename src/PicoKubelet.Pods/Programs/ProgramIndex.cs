using System;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;

namespace PicoKubelet.Programs;

/// <summary>
/// Which program lies in which place of the storage: a line of fixed length for each place, behind the checksum that all of the board's
/// files have. It is read when it is needed, and forgotten.
/// </summary>
internal sealed class ProgramIndex
{
    /// <summary>The file's name.</summary>
    public const string FileName = "programs";

    /// <summary>The bytes of a digest of what a program is called by, and of its version.</summary>
    public const int NameBytes = 16;

    // The program's SHA-256 first; all zeros where the place is free. Then name and version, the image's digest, length and age.
    private const int NameOffset = Sha256.DigestBytes;
    private const int VersionOffset = NameOffset + NameBytes;
    private const int ImageOffset = VersionOffset + NameBytes;
    private const int LengthOffset = ImageOffset + Sha256.DigestBytes;
    private const int AgeOffset = LengthOffset + 4;
    private const int EntryBytes = AgeOffset + 4;

    private readonly IStorage _storage;
    private readonly byte[] _buffer;

    /// <summary>Reads the index. One that is torn, or of another number of places, is as good as none.</summary>
    public ProgramIndex(IStorage storage, int places)
    {
        _storage = storage;
        Places = places;
        _buffer = new byte[SealedFile.HeadBytes + (places * EntryBytes)];
        if (!Read())
        {
            Array.Clear(_buffer, 0, _buffer.Length);
        }
    }

    /// <summary>Gets how many places there are.</summary>
    public int Places { get; }

    /// <summary>Stores the index.</summary>
    /// <returns>Whether the storage took it.</returns>
    public bool Write()
    {
        SealedFile.Seal(_buffer, SealedFile.HeadBytes, _buffer.Length - SealedFile.HeadBytes);
        return _storage.Replace(FileName, _buffer, 0, _buffer.Length);
    }

    public int LengthOf(int place) => GetNumber(place, LengthOffset);

    public int AgeOf(int place) => GetNumber(place, AgeOffset);

    public byte[] DigestOf(int place) => Get(place, 0, Sha256.DigestBytes);

    public byte[] ImageOf(int place) => Get(place, ImageOffset, Sha256.DigestBytes);

    public bool IsVersion(int place, byte[] version) => IsAt(place, VersionOffset, version, NameBytes);

    public bool IsDigest(int place, byte[] digest) => IsAt(place, 0, digest, Sha256.DigestBytes);

    public int FindName(byte[] name) => Find(name, NameOffset, NameBytes);

    public int FindDigest(byte[] digest) => Find(digest, 0, Sha256.DigestBytes);

    /// <summary>Frees a place.</summary>
    public void Clear(int place)
    {
        Array.Clear(_buffer, Start(place), EntryBytes);
    }

    /// <summary>Notes what lies in a place from now on, as the latest of all.</summary>
    /// <param name="place">The place.</param>
    /// <param name="name">What it is called by: a digest, of which the first bytes count.</param>
    /// <param name="version">Its version, likewise.</param>
    /// <param name="image">The digest of the image that it was in, or null.</param>
    /// <param name="digest">The program's own.</param>
    /// <param name="length">Its bytes.</param>
    public void Set(int place, byte[] name, byte[] version, byte[] image, byte[] digest, int length)
    {
        int latest = 0;
        for (int i = 0; i < Places; i++)
        {
            int age = AgeOf(i);
            latest = age > latest ? age : latest;
        }

        int start = Start(place);
        Clear(place);
        Array.Copy(digest, 0, _buffer, start, Sha256.DigestBytes);
        Array.Copy(name, 0, _buffer, start + NameOffset, NameBytes);
        Array.Copy(version, 0, _buffer, start + VersionOffset, NameBytes);
        if (image != null)
        {
            Array.Copy(image, 0, _buffer, start + ImageOffset, Sha256.DigestBytes);
        }

        SetNumber(place, LengthOffset, length);
        SetNumber(place, AgeOffset, latest + 1);
    }

    private static int Start(int place) => SealedFile.HeadBytes + (place * EntryBytes);

    private int Find(byte[] bytes, int offset, int count)
    {
        for (int place = 0; place < Places; place++)
        {
            if (LengthOf(place) > 0 && IsAt(place, offset, bytes, count))
            {
                return place;
            }
        }

        return -1;
    }

    private bool IsAt(int place, int offset, byte[] bytes, int count)
    {
        int start = Start(place) + offset;
        for (int i = 0; i < count; i++)
        {
            if (_buffer[start + i] != bytes[i])
            {
                return false;
            }
        }

        return true;
    }

    private byte[] Get(int place, int offset, int count)
    {
        byte[] bytes = new byte[count];
        Array.Copy(_buffer, Start(place) + offset, bytes, 0, count);
        return bytes;
    }

    private int GetNumber(int place, int offset)
    {
        int at = Start(place) + offset;
        return _buffer[at] | (_buffer[at + 1] << 8) | (_buffer[at + 2] << 16) | (_buffer[at + 3] << 24);
    }

    private void SetNumber(int place, int offset, int number)
    {
        int at = Start(place) + offset;
        for (int i = 0; i < 4; i++)
        {
            _buffer[at + i] = (byte)(number >> (i * 8));
        }
    }

    private bool Read()
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(FileName);
            if (stored == null)
            {
                return false;
            }

            SealedFile file = new SealedFile(stored);
            int at = SealedFile.HeadBytes;
            int read;
            while (at < _buffer.Length && (read = file.Read(_buffer, at, _buffer.Length - at)) > 0)
            {
                at += read;
            }

            byte[] more = new byte[1];
            return at == _buffer.Length && file.Read(more, 0, 1) == 0 && file.IsSound;
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            stored?.Close();
        }
    }
}
