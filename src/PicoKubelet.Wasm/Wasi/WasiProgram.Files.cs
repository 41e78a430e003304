namespace PicoKubelet.Wasm;


// Files: folders that are open from the start, and what a program opens in them, to read alone.
internal sealed partial class WasiProgram
{
    private const int FirstFolder = 3;
    private const int MostOpen = 4;

    private const int Exists = 20;
    private const int BadAddress = 21;
    private const int IsFolder = 31;
    private const int TooManyOpen = 33;
    private const int NameTooLong = 37;
    private const int NoEntry = 44;
    private const int NotFolder = 54;
    private const int ReadOnly = 69;
    private const int NotCapable = 76;

    // Flags of path_open.
    private const int Create = 1;
    private const int OnlyFolder = 2;
    private const int Exclusive = 4;
    private const int Truncate = 8;

    // Rights. What a folder hands down has the one to write: so it is asked for, and refused by a number that says why.
    private const int WriteRight = 64;
    private const int ReadRights = 2 | 4 | 32;
    private const int OpenRight = 1 << 13;

    // As often as a program that waits for a file may ask again, in nanoseconds.
    private const long AskAgain = 200 * 1000000L;

    private readonly IWasiFiles _files;

    // By file that is open: content, or null; its first byte; the next one to read. Made with the first of them.
    private byte[][] _open;
    private int[] _starts;
    private int[] _positions;

    /// <summary>Whether a file is open.</summary>
    public bool HasOpenFiles
    {
        get
        {
            var place = 0;
            while (_open != null && place < MostOpen && _open[place] == null)
            {
                place++;
            }

            return _open != null && place < MostOpen;
        }
    }

    private int CallFile(int number, WasmHostCall call)
    {
        try
        {
            return number switch
            {
                14 => GetFolder(call),
                15 => GetFolderName(call),
                16 => Open(call),
                17 => Read(call),
                12 => Seek(call),
                _ => Tell(call),
            };
        }
        catch (WasmTrapException e) when (e.Kind == WasmTrapKind.OutOfBoundsMemoryAccess)
        {
            return BadAddress;
        }
    }

    private bool HasFolder(int descriptor) => _files != null && descriptor >= FirstFolder && descriptor - FirstFolder < _files.FolderCount;

    // The place of an open file, or -1.
    private int PlaceOf(int descriptor)
    {
        if (_open == null || descriptor < FirstFolder)
        {
            return -1;
        }

        var place = descriptor - FirstFolder - _files.FolderCount;
        return place >= 0 && place < MostOpen && _open[place] != null ? place : -1;
    }

    private int GetFolder(WasmHostCall call)
    {
        if (!HasFolder(call.GetInt32(0)))
        {
            return BadDescriptor;
        }

        call.Memory.WriteInt32(call.GetInt32(1), 0);
        call.Memory.WriteInt32(call.GetInt32(1) + 4, _files.Folder(call.GetInt32(0) - FirstFolder).Length);
        return 0;
    }

    private int GetFolderName(WasmHostCall call)
    {
        if (!HasFolder(call.GetInt32(0)))
        {
            return BadDescriptor;
        }

        var name = _files.Folder(call.GetInt32(0) - FirstFolder);
        if (call.GetInt32(2) < name.Length)
        {
            return NameTooLong;
        }

        for (var i = 0; i < name.Length; i++)
        {
            call.Memory.WriteByte(call.GetInt32(1) + i, (byte)name[i]);
        }

        return 0;
    }

    private int Read(WasmHostCall call)
    {
        var descriptor = call.GetInt32(0);
        var place = PlaceOf(descriptor);
        if (place < 0 && descriptor != 0)
        {
            return HasFolder(descriptor) ? IsFolder : BadDescriptor;
        }

        // Nothing comes in.
        var memory = call.Memory;
        var file = place < 0 ? _buffer : _open[place];
        var position = place < 0 ? file.Length : _positions[place];
        var read = 0;
        for (var i = 0; i < call.GetInt32(2) && i < MostVectors && position < file.Length; i++)
        {
            var vector = call.GetInt32(1) + i * 8;
            var part = memory.ReadInt32(vector + 4);
            part = (uint)part < (uint)(file.Length - position) ? part : file.Length - position;
            memory.Write(memory.ReadInt32(vector), file, position, part);
            position += part;
            read += part;
        }

        memory.WriteInt32(call.GetInt32(3), read);
        if (place >= 0)
        {
            _positions[place] = position;
        }

        return 0;
    }

    private int Seek(WasmHostCall call)
    {
        var place = PlaceOf(call.GetInt32(0));
        if (place < 0)
        {
            return IsStandard(call) ? NoSeek : BadDescriptor;
        }

        var start = _starts[place];
        var offset = call.GetBits(1);
        var target = call.GetInt32(2) switch
        {
            0 => offset,
            1 => offset + (_positions[place] - start),
            2 => offset + (_open[place].Length - start),
            _ => -1,
        };

        // Behind the end there is nothing to read.
        if (target < 0 || target > int.MaxValue / 2)
        {
            return InvalidArgument;
        }

        call.Memory.WriteInt64(call.GetInt32(3), target);
        _positions[place] = start + (int)target;
        return 0;
    }

    private int Tell(WasmHostCall call)
    {
        var place = PlaceOf(call.GetInt32(0));
        if (place < 0)
        {
            return IsStandard(call) ? NoSeek : BadDescriptor;
        }

        call.Memory.WriteInt64(call.GetInt32(1), _positions[place] - _starts[place]);
        return 0;
    }

    private int Close(int descriptor)
    {
        var place = PlaceOf(descriptor);
        if (place < 0)
        {
            return descriptor >= 0 && descriptor < FirstFolder ? 0 : HasFolder(descriptor) ? NotCapable : BadDescriptor;
        }

        _open[place] = null;
        return 0;
    }
}
