namespace PicoKubelet.Wasm;


/// <summary>What WASI knows of a program, and the functions that do something.</summary>
internal sealed partial class WasiProgram
{
    public const int ProcExit = 1;

    private const int BadDescriptor = 8;
    private const int InvalidArgument = 28;
    private const int NoSuchFunction = 52;
    private const int NoSeek = 70;

    // A call of the host is not bounded by fuel: what it may take at once. Programs write the rest with another call.
    private const int MostWritten = 1024;
    private const int MostVectors = 16;
    private const int MostRandom = 4096;
    private const int MostSubscriptions = 16;

    private readonly IWasiHost _host;
    private readonly string[] _arguments;
    private readonly string[] _environment;
    private readonly byte[] _buffer = new byte[128];

    public WasiProgram(IWasiHost host, string[] arguments, string[] environment, IWasiFiles files)
    {
        _files = files;
        _host = host;
        _arguments = arguments ?? new string[0];
        _environment = environment ?? new string[0];
    }

    public static int NumberOf(string name) => name switch
    {
        "proc_exit" => ProcExit,
        "fd_write" => 2,
        "args_sizes_get" => 3,
        "args_get" => 4,
        "environ_sizes_get" => 5,
        "environ_get" => 6,
        "clock_time_get" => 7,
        "random_get" => 8,
        "poll_oneoff" => 9,
        "sched_yield" => 10,
        "fd_close" => 11,
        "fd_seek" => 12,
        "fd_fdstat_get" => 13,
        "fd_prestat_get" => 14,
        "fd_prestat_dir_name" => 15,
        "path_open" => 16,
        "fd_read" => 17,
        "fd_tell" => 18,
        _ => 0,
    };

    /// <summary>Calls a function; its result is the error's number, 0 for none.</summary>
    public int Call(int number, WasmHostCall call)
    {
        switch (number)
        {
            case ProcExit:
                call.Exit(call.GetInt32(0));
                return 0;
            case 2:
                return Write(call);
            case 3:
                return Sizes(call, _arguments);
            case 4:
                return Strings(call, _arguments);
            case 5:
                return Sizes(call, _environment);
            case 6:
                return Strings(call, _environment);
            case 7:
                return Time(call);
            case 8:
                return Random(call);
            case 9:
                return Poll(call);
            case 10:
                call.WaitUntil(0);
                return 0;
            case 11:
                return Close(call.GetInt32(0));
            case 13:
                return Status(call);
            case 12:
            case 14:
            case 15:
            case 16:
            case 17:
            case 18:
                return CallFile(number, call);
            default:
                return NoSuchFunction;
        }
    }

    private static bool IsStandard(WasmHostCall call) => call.GetInt32(0) >= 0 && call.GetInt32(0) <= 2;

    // Of the standard ones a character device that can be read (0) or written (1, 2) and that cannot seek: a terminal, to a C library.
    private int Status(WasmHostCall call)
    {
        var descriptor = call.GetInt32(0);
        var isFolder = HasFolder(descriptor);
        var isFile = PlaceOf(descriptor) >= 0;
        if (!IsStandard(call) && !isFolder && !isFile)
        {
            return BadDescriptor;
        }

        var at = call.GetInt32(1);
        call.Memory.WriteInt64(at, isFolder ? 3 : isFile ? 4 : 2);
        call.Memory.WriteInt64(at + 8, isFolder ? OpenRight : isFile ? ReadRights : descriptor == 0 ? 2 : WriteRight);
        call.Memory.WriteInt64(at + 16, isFolder ? ReadRights | WriteRight : 0);
        return 0;
    }

    private int Write(WasmHostCall call)
    {
        var descriptor = call.GetInt32(0);
        if (descriptor != 1 && descriptor != 2)
        {
            return BadDescriptor;
        }

        var memory = call.Memory;
        var written = 0;
        for (var i = 0; i < call.GetInt32(2) && i < MostVectors && written < MostWritten; i++)
        {
            var vector = call.GetInt32(1) + i * 8;
            var address = memory.ReadInt32(vector);
            var left = memory.ReadInt32(vector + 4);
            while (left != 0 && written < MostWritten)
            {
                var part = (uint)left < (uint)_buffer.Length ? left : _buffer.Length;
                memory.Read(address, _buffer, 0, part);
                _host.Write(descriptor, _buffer, part);
                address += part;
                left -= part;
                written += part;
            }
        }

        memory.WriteInt32(call.GetInt32(3), written);
        return 0;
    }

    private static int Sizes(WasmHostCall call, string[] strings)
    {
        var bytes = 0;
        for (var i = 0; i < strings.Length; i++)
        {
            bytes += strings[i].Length + 1;
        }

        call.Memory.WriteInt32(call.GetInt32(0), strings.Length);
        call.Memory.WriteInt32(call.GetInt32(1), bytes);
        return 0;
    }

    private static int Strings(WasmHostCall call, string[] strings)
    {
        var pointer = call.GetInt32(0);
        var at = call.GetInt32(1);
        for (var i = 0; i < strings.Length; i++)
        {
            call.Memory.WriteInt32(pointer, at);
            pointer += 4;
            for (var k = 0; k < strings[i].Length; k++)
            {
                call.Memory.WriteByte(at++, (byte)strings[i][k]);
            }

            call.Memory.WriteByte(at++, 0);
        }

        return 0;
    }

    private int Time(WasmHostCall call)
    {
        var clock = call.GetInt32(0);
        if (clock != 0 && clock != 1)
        {
            return InvalidArgument;
        }

        call.Memory.WriteInt64(call.GetInt32(2), _host.Nanoseconds(clock));
        return 0;
    }

    private int Random(WasmHostCall call)
    {
        var address = call.GetInt32(0);
        var left = call.GetInt32(1);
        if ((uint)left > MostRandom)
        {
            return InvalidArgument;
        }

        while (left > 0)
        {
            var part = left < _buffer.Length ? left : _buffer.Length;
            _host.Random(_buffer, part);
            call.Memory.Write(address, _buffer, 0, part);
            address += part;
            left -= part;
        }

        return 0;
    }

    // Waits for the first of the times. What is not a clock is answered at once, with an error.
    private int Poll(WasmHostCall call)
    {
        var subscriptions = call.GetInt32(0);
        var count = call.GetInt32(2);
        if (count <= 0 || count > MostSubscriptions)
        {
            return InvalidArgument;
        }

        var now = _host.Nanoseconds(1);
        var wake = long.MaxValue;
        for (var i = 0; i < count; i++)
        {
            var deadline = Deadline(call.Memory, subscriptions + i * 48, now);
            wake = deadline < wake ? deadline : wake;
        }

        var events = 0;
        for (var i = 0; i < count; i++)
        {
            var subscription = subscriptions + i * 48;
            if (Deadline(call.Memory, subscription, now) <= wake)
            {
                var at = call.GetInt32(1) + events * 32;
                int type = call.Memory.ReadByte(subscription + 8);
                call.Memory.WriteInt64(at, call.Memory.ReadInt64(subscription));
                call.Memory.WriteInt64(at + 8, (type == 0 ? 0 : NoSuchFunction) | (type << 16));
                call.Memory.WriteInt64(at + 16, 0);
                call.Memory.WriteInt64(at + 24, 0);
                events++;
            }
        }

        call.Memory.WriteInt32(call.GetInt32(3), events);
        if (wake > now)
        {
            call.WaitUntil(wake);
        }

        return 0;
    }

    // When a subscription is due, by the clock that never goes back.
    private long Deadline(WasmMemory memory, int at, long now)
    {
        if (memory.ReadByte(at + 8) != 0)
        {
            return now;
        }

        var timeout = memory.ReadInt64(at + 24);
        if ((memory.ReadByte(at + 40) & 1) != 0)
        {
            // A point in time.
            timeout -= _host.Nanoseconds(memory.ReadInt32(at + 16));
            if (timeout <= 0)
            {
                return now;
            }
        }

        return timeout < 0 || timeout > long.MaxValue - now ? long.MaxValue : now + timeout;
    }
}
