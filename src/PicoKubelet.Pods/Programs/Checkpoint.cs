using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Storage;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>
/// What a container's program had come to when the board was told to reboot, in a file of the board's: for the run that follows and for no
/// other. Whatever the storage does, nothing is thrown.
/// </summary>
internal sealed class Checkpoint : WasmState
{
    private readonly IStorage _storage;
    private readonly Logger _log;
    private readonly string _name;
    private readonly string _uid;
    private readonly string _container;
    private readonly byte[] _digest;
    private INewFile _written;
    private SealedFile _read;
    private uint _checksum;

    /// <summary>Initializes the checkpoint; nothing is written or read yet.</summary>
    /// <param name="storage">The board's storage.</param>
    /// <param name="log">The log.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="uid">The pod's uid.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="digest">The program's SHA-256.</param>
    /// <param name="isReading">Whether it is there, and to be read.</param>
    public Checkpoint(IStorage storage, Logger log, string name, string uid, string container, byte[] digest, bool isReading)
        : base(isReading)
    {
        _storage = storage;
        _log = log;
        _name = name;
        _uid = uid;
        _container = container;
        _digest = digest;
    }

    /// <summary>Gets the bytes of the file that was written, or would have been.</summary>
    public int Length { get; private set; }

    /// <summary>Writes whose it is, or finds that out.</summary>
    public void PassOwner()
    {
        Match(_uid);
        Match(_container);
        for (int i = 0; i < _digest.Length; i++)
        {
            Match(_digest[i]);
        }
    }

    /// <summary>
    /// Writes what a run has come to, which stands still: once for length and checksum, which come first, and once into the file, so that it is in
    /// memory once.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The clock's milliseconds.</param>
    /// <param name="maxBytes">The most bytes that the file may have.</param>
    /// <returns>Whether it is kept.</returns>
    public bool Write(ProgramRun run, long now, int maxBytes)
    {
        Length = SealedFile.HeadBytes;
        run.Pass(this, now);
        bool isKept = !HasFailed && Length <= maxBytes;
        _written = isKept ? _storage.Create(_name) : null;
        if (_written != null)
        {
            byte[] head = new byte[SealedFile.HeadBytes];
            SealedFile.WriteHead(_checksum, head, 0);
            _written.Write(head, 0, head.Length);
            run.Pass(this, now);
            isKept = _written.Complete();
        }

        isKept &= _written != null;
        if (isKept)
        {
            _log.Info("program kept over the reboot", "container", _container, "bytes", Length.ToString());
        }
        else
        {
            _log.Warn("program can not be kept over the reboot: no room, or a file is open", "container", _container, "bytes", Length.ToString());
        }

        return isKept;
    }

    /// <summary>
    /// Has a run go on from it, once its checksum was found right: what is read is in force at once. The file goes before that run does anything:
    /// whatever becomes of it, none goes on from there again.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="instance">A new instance of its program; where it does not go on, it is good for nothing.</param>
    /// <param name="now">The clock's milliseconds.</param>
    /// <returns>Whether it goes on.</returns>
    public bool TryRead(ProgramRun run, WasmInstance instance, long now)
    {
        IStoredFile file = null;
        bool isGone = false;
        try
        {
            file = _storage.OpenRead(_name);
            if (IsSound(file))
            {
                file.Close();
                file = _storage.OpenRead(_name);
                _read = new SealedFile(file);
                run.Pass(this, instance, now);
            }
            else
            {
                Fail();
            }
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            Fail();
        }
        finally
        {
            file?.Close();
            isGone = Delete();
        }

        if (HasFailed || !isGone)
        {
            _log.Warn("program starts anew: what was kept of it can not be used", "container", _container);
            return false;
        }

        _log.Info("program goes on from before the reboot", "container", _container);
        return true;
    }

    /// <summary>Deletes the file.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool Delete()
    {
        return _storage.Delete(_name);
    }

    /// <inheritdoc/>
    protected override int Transfer(byte[] buffer, int count)
    {
        if (IsReading)
        {
            return _read.Read(buffer, 0, count);
        }

        if (_written != null)
        {
            _written.Write(buffer, 0, count);
        }
        else
        {
            _checksum = Crc32.Update(_checksum, buffer, 0, count);
            Length += count;
        }

        return count;
    }

    private static bool IsSound(IStoredFile file)
    {
        if (file == null)
        {
            return false;
        }

        SealedFile content = new SealedFile(file);
        content.ReadToEnd();
        return content.IsSound;
    }

    private void Match(string text)
    {
        Match(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            Match(text[i]);
        }
    }
}
