namespace PicoKubelet.Wasm;


// Opens files.
internal sealed partial class WasiProgram
{
    private int Open(WasmHostCall call)
    {
        if (_files == null)
        {
            return NoSuchFunction;
        }

        var folder = call.GetInt32(0) - FirstFolder;
        if (!HasFolder(call.GetInt32(0)))
        {
            return PlaceOf(call.GetInt32(0)) >= 0 ? NotFolder : BadDescriptor;
        }

        var length = call.GetInt32(3);
        if (length < 0 || length > _buffer.Length)
        {
            return NameTooLong;
        }

        call.Memory.Read(call.GetInt32(2), _buffer, 0, length);
        var error = CheckPath(length, out var start);
        if (error != 0)
        {
            return error;
        }

        error = _files.Find(folder, _buffer, start, length - start, out var file, out var from);
        if (error < 0)
        {
            call.RetryAt(_host.Nanoseconds(1) + AskAgain);
            return 0;
        }

        var flags = call.GetInt32(4);
        if (error != 0)
        {
            return error == NoEntry && (flags & Create) != 0 ? ReadOnly : error;
        }

        if ((flags & OnlyFolder) != 0)
        {
            return NotFolder;
        }

        if ((flags & (Create | Exclusive)) == (Create | Exclusive))
        {
            return Exists;
        }

        return (flags & Truncate) != 0 || (call.GetBits(5) & WriteRight) != 0 ? ReadOnly : Take(call, file, from);
    }

    private int Take(WasmHostCall call, byte[] file, int from)
    {
        _open = _open ?? new byte[MostOpen][];
        _starts = _starts ?? new int[MostOpen];
        _positions = _positions ?? new int[MostOpen];
        var place = 0;
        while (place < MostOpen && _open[place] != null)
        {
            place++;
        }

        if (place == MostOpen)
        {
            return TooManyOpen;
        }

        call.Memory.WriteInt32(call.GetInt32(8), FirstFolder + _files.FolderCount + place);
        _open[place] = file;
        _starts[place] = from;
        _positions[place] = from;
        return 0;
    }

    // What of a path in the buffer names a file in its folder: all but "./" in front.
    private int CheckPath(int length, out int start)
    {
        start = 0;
        for (int i = 0, part = 0; i <= length; i++)
        {
            if (i == length || _buffer[i] == '/')
            {
                if (i - part == 2 && _buffer[part] == '.' && _buffer[part + 1] == '.')
                {
                    return NotCapable;
                }

                part = i + 1;
            }
            else if (_buffer[i] == 0)
            {
                return InvalidArgument;
            }
        }

        if (length == 0)
        {
            return NoEntry;
        }

        while (length - start > 1 && _buffer[start] == '.' && _buffer[start + 1] == '/')
        {
            start += 2;
        }

        if (start == length || (length - start == 1 && _buffer[start] == '.'))
        {
            return IsFolder;
        }

        return _buffer[start] == '/' ? NotCapable : 0;
    }
}
