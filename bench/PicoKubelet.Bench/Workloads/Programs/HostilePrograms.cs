using System.Text.RegularExpressions;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Workloads.Programs;

/// <summary>Programs that trap, take what they can get, and call what there is with what makes no sense.</summary>
internal static partial class HostilePrograms
{
    private const int LogLine = 255;
    private const int TenMegabytes = 10 * 1024 * 1024;
    private const int PageEnd = 65533;

    // WASI preview 1, all 45 functions; what each takes is asked of the engine.
    private const string WasiFunctions =
        "args_get args_sizes_get environ_get environ_sizes_get clock_res_get clock_time_get fd_advise fd_allocate fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags "
        + "fd_fdstat_set_rights fd_filestat_get fd_filestat_set_size fd_filestat_set_times fd_pread fd_prestat_get fd_prestat_dir_name fd_pwrite fd_read fd_readdir fd_renumber "
        + "fd_seek fd_sync fd_tell fd_write path_create_directory path_filestat_get path_filestat_set_times path_link path_open path_readlink path_remove_directory path_rename "
        + "path_symlink path_unlink_file poll_oneoff proc_exit proc_raise sched_yield random_get sock_accept sock_recv sock_send sock_shutdown";

    /// <summary>Takes memory, block by block, until there is none.</summary>
    public static byte[] Greedy { get; } =
        new ModuleWriter().Write(new CodeWriter().Loop().Get(0).Int32(1).StoreInt32().Get(0).Int32(512).Add().Set(0).Get(0).Int32(65536).IsLess().BranchIf(0).End(), locals: 1);

    /// <summary>Writes ten megabytes of log, and ends well.</summary>
    public static byte[] Flood { get; } = NewFlood();

    /// <summary>Gets a program for each way to trap.</summary>
    public static IEnumerable<HostileProgram> Traps()
    {
        yield return Trap("unreachable", new CodeWriter().Raw(0x00));
        yield return Trap("call_indirect", new CodeWriter().Int32(0).Raw(0x11, 0, 0));
        yield return Trap("recursion", new CodeWriter().Call(0));
        for (byte op = 0x6d; op <= 0x70; op++)
        {
            yield return Trap($"i32 {op:x} by 0", new CodeWriter().Int32(1).Int32(0).Raw(op).Drop());
        }

        for (byte op = 0x7f; op <= 0x82; op++)
        {
            yield return Trap($"i64 {op:x} by 0", new CodeWriter().Int64(1).Int64(0).Raw(op).Drop());
        }

        yield return Trap("i32.div_s overflow", new CodeWriter().Int32(int.MinValue).Int32(-1).Raw(0x6d).Drop());
        yield return Trap("i64.div_s overflow", new CodeWriter().Int64(long.MinValue).Int64(-1).Raw(0x7f).Drop());
        foreach (byte op in (byte[])[0xa8, 0xa9, 0xae, 0xaf])
        {
            yield return Trap($"f32 {op:x} of NaN", new CodeWriter().Raw(0x43, 0, 0, 0xc0, 0x7f, op).Drop());
        }

        foreach (byte op in (byte[])[0xaa, 0xab, 0xb0, 0xb1])
        {
            yield return Trap($"f64 {op:x} of NaN", new CodeWriter().Raw(0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, op).Drop());
        }

        for (byte op = 0x28; op <= 0x35; op++)
        {
            yield return Trap($"load {op:x}", new CodeWriter().Int32(-1).Raw(op, 0, 0).Drop());
        }

        for (byte op = 0x36; op <= 0x3e; op++)
        {
            byte[] value = op switch { 0x38 => [0x43, 0, 0, 0, 0], 0x39 => [0x44, 0, 0, 0, 0, 0, 0, 0, 0], 0x37 or >= 0x3c => [0x42, 1], _ => [0x41, 1] };
            yield return Trap($"store {op:x}", new CodeWriter().Int32(-1).Raw(value).Raw(op, 0, 0));
        }
    }

    /// <summary>Gets a program for each function that there is and each set of arguments that makes no sense.</summary>
    public static IEnumerable<HostileProgram> Calls()
    {
        return Functions().SelectMany(function => ((int, int)[])[(-1, -1), (1, -1), (1, PageEnd), (0, int.MaxValue)], (function, arguments) =>
        {
            (int first, int rest) = arguments;
            ModuleWriter module = new();
            int number = module.Import(function.Module, function.Name, function.Signature);
            string parameters = function.Signature[..function.Signature.IndexOf(':', StringComparison.Ordinal)];
            CodeWriter code = new();
            for (int i = 0; i < parameters.Length; i++)
            {
                code = parameters[i] == 'I' ? code.Int64(long.MinValue) : code.Int32(i == 0 ? first : rest);
            }

            code.Call(number);
            return new HostileProgram($"{function.Name}({first}, {rest})", module.Write(function.Signature.EndsWith(':') ? code : code.Drop()));
        });
    }

    private static IEnumerable<(string Module, string Name, string Signature)> Functions()
    {
        WasiPreview1 wasi = new(null, null, null);
        IEnumerable<(string, string, string)> known = WasiFunctions.Split(' ')
            .Select(name => ("wasi_snapshot_preview1", name, ((WasmHostFunction)wasi.Find("wasi_snapshot_preview1", name)).Signature));
        return known.Concat(PicoFunctions());
    }

    // As programs in C know them.
    private static IEnumerable<(string Module, string Name, string Signature)> PicoFunctions()
    {
        foreach (Match match in Declaration().Matches(File.ReadAllText(Repository.PathOf("sdk/c/pico.h"))))
        {
            string[] parameters = match.Groups["parameters"].Value.Split(',');
            string taken = string.Concat(parameters.Select(parameter => parameter.Trim()).Where(parameter => parameter != "void").Select(TypeOf));
            string result = match.Groups["result"].Value;
            yield return ("pico", match.Groups["name"].Value, $"{taken}:{(result == "void" ? "" : TypeOf(result))}");
        }
    }

    private static string TypeOf(string declaration) => declaration.Contains("int64_t", StringComparison.Ordinal) && !declaration.Contains('*') ? "I" : "i";

    private static HostileProgram Trap(string name, CodeWriter code) => new(name, new ModuleWriter().Write(code));

    private static byte[] NewFlood()
    {
        ModuleWriter module = new();
        int log = module.Import("pico", "log", "ii:");
        return module.Write(
            new CodeWriter().Loop().Int32(0).Int32(LogLine).Call(log).Get(0).Int32(1).Add().Set(0).Get(0).Int32(TenMegabytes / (LogLine + 1)).IsLess().BranchIf(0).End(),
            locals: 1);
    }

    [GeneratedRegex(@"^PICO_IMPORT\((?<name>\w+)\)\s+(?<result>\w+)\s+\w+\((?<parameters>[^)]*)\);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
