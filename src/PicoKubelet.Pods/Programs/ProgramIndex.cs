using System;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;

namespace PicoKubelet.Programs;

/// <summary>
/// Which program lies in which place of the storage: a line of fixed length for each place, as it stands in the place's file before the
/// program. It is read when it is needed, and forgotten.
/// </summary>
internal sealed class ProgramIndex
{
    /// <summary>The bytes of a file before its program: a checksum, as all of the board's files have, and the line.</summary>
    public const int HeadBytes = SealedFile.HeadBytes + EntryBytes;

    // The program's SHA-256 first. Then name and version, the image's digest, length and age; a length of 0 where the place is free.
    private const int NameBytes = 16;
    private const int NameOffset = Sha256.DigestBytes;
    private const int VersionOffset = NameOffset + NameBytes;
    private const int ImageOffset = VersionOffset + NameBytes;
    private const int LengthOffset = ImageOffset + Sha256.DigestBytes;
    private const int AgeOffset = LengthOffset + 4;
    private const int EntryBytes = AgeOffset + 4;

    private readonly byte[] _buffer;

    /// <summary>Reads the lines of all files.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="places">How many there are at most.</param>
    public ProgramIndex(IStorage storage, int places)
    {
        Places = places;
        _buffer = new byte[places * EntryBytes];
        for (int i = 0; i < places; i++)
        {
            if (!Read(storage, i))
            {
                Clear(i);
            }
        }
    }

    /// <summary>Gets how many places there are.</summary>
    public int Places { get; }

    /// <summary>Gets the name of a place's file.</summary>
    public static string FileOf(int place) => "program-" + place.ToString() + AtomicStorage.CacheSuffix;

    /// <summary>Writes a place's file.</summary>
    /// <param name="place">The place.</param>
    /// <param name="file">The file.</param>
    /// <param name="program">The program of which the line tells.</param>
    public void Write(int place, INewFile file, ProgramBytes program)
    {
        byte[] head = new byte[HeadBytes];
        Array.Copy(_buffer, place * EntryBytes, head, SealedFile.HeadBytes, EntryBytes);
        ChecksumSink checksum = new ChecksumSink();
        checksum.Write(head, SealedFile.HeadBytes, EntryBytes);
        program.WriteTo(checksum);
        SealedFile.WriteHead(checksum.Checksum, head, 0);
        file.Write(head, 0, HeadBytes);
        program.WriteTo(file);
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
        Array.Clear(_buffer, place * EntryBytes, EntryBytes);
    }

    /// <summary>Notes what lies in a place from now on, as the latest of all.</summary>
    /// <param name="place">The place.</param>
    /// <param name="name">What it is called by: a digest, of which the first bytes count.</param>
    /// <param name="version">Its version, likewise.</param>
    /// <param name="program">The program.</param>
    public void Set(int place, byte[] name, byte[] version, StoredProgram program)
    {
        int latest = 0;
        for (int i = 0; i < Places; i++)
        {
            int age = AgeOf(i);
            latest = age > latest ? age : latest;
        }

        int start = place * EntryBytes;
        Clear(place);
        Array.Copy(program.Digest, 0, _buffer, start, Sha256.DigestBytes);
        Array.Copy(name, 0, _buffer, start + NameOffset, NameBytes);
        Array.Copy(version, 0, _buffer, start + VersionOffset, NameBytes);
        if (program.Image != null)
        {
            Array.Copy(program.Image, 0, _buffer, start + ImageOffset, Sha256.DigestBytes);
        }

        SetNumber(place, LengthOffset, program.Bytes.Length);
        SetNumber(place, AgeOffset, latest + 1);
    }

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
        int start = (place * EntryBytes) + offset;
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
        Array.Copy(_buffer, (place * EntryBytes) + offset, bytes, 0, count);
        return bytes;
    }

    private int GetNumber(int place, int offset)
    {
        int at = (place * EntryBytes) + offset;
        return _buffer[at] | (_buffer[at + 1] << 8) | (_buffer[at + 2] << 16) | (_buffer[at + 3] << 24);
    }

    private void SetNumber(int place, int offset, int number)
    {
        int at = (place * EntryBytes) + offset;
        for (int i = 0; i < 4; i++)
        {
            _buffer[at + i] = (byte)(number >> (i * 8));
        }
    }

    /// <returns>Whether there is a file that has a line.</returns>
    private bool Read(IStorage storage, int place)
    {
        IStoredFile stored = null;
        try
        {
            stored = storage.OpenRead(FileOf(place));
            if (stored == null)
            {
                return false;
            }

            SealedFile file = new SealedFile(stored);
            int at = place * EntryBytes;
            int end = at + EntryBytes;
            int read;
            while (at < end && (read = file.Read(_buffer, at, end - at)) > 0)
            {
                at += read;
            }

            return file.HasHead && at == end;
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
