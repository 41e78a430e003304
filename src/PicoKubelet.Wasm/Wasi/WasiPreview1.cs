namespace PicoKubelet.Wasm;


/// <summary>The functions of WASI preview 1: those that programs need which read files and write to their log, all others answer ENOSYS.</summary>
public sealed class WasiPreview1 : IWasmImports
{
    private readonly WasiProgram _program;

    /// <summary>The functions over a host.</summary>
    /// <param name="host">Clock, random numbers and log.</param>
    /// <param name="arguments">The program's arguments, its name first; ASCII.</param>
    /// <param name="environment">Its environment, <c>NAME=value</c> each; ASCII.</param>
    /// <param name="files">Its folders, or null where it has none.</param>
    public WasiPreview1(IWasiHost host, string[] arguments, string[] environment, IWasiFiles files = null)
    {
        _program = new WasiProgram(host, arguments, environment, files);
    }

    /// <summary>Whether the program has a file open, which another run would not have.</summary>
    public bool HasOpenFiles => _program.HasOpenFiles;

    /// <inheritdoc/>
    public object Find(string module, string name)
    {
        if (module != "wasi_snapshot_preview1" && module != "wasi_unstable")
        {
            return null;
        }

        var signature = SignatureOf(name);
        return signature == null ? null : new WasiFunction(_program, signature, name);
    }

    private static string SignatureOf(string name) => name switch
    {
        "sched_yield" => ":i",
        "proc_exit" => "i:",
        "fd_close" or "fd_datasync" or "fd_sync" or "proc_raise" => "i:i",
        "args_get" or "args_sizes_get" or "environ_get" or "environ_sizes_get" or "clock_res_get" or "fd_fdstat_get"
            or "fd_fdstat_set_flags" or "fd_filestat_get" or "fd_prestat_get" or "fd_renumber" or "fd_tell"
            or "random_get" or "sock_shutdown" => "ii:i",
        "fd_prestat_dir_name" or "path_create_directory" or "path_remove_directory" or "path_unlink_file" or "sock_accept" => "iii:i",
        "fd_read" or "fd_write" or "poll_oneoff" => "iiii:i",
        "path_filestat_get" or "path_symlink" or "sock_send" => "iiiii:i",
        "path_readlink" or "path_rename" or "sock_recv" => "iiiiii:i",
        "path_link" => "iiiiiii:i",
        "clock_time_get" => "iIi:i",
        "fd_advise" => "iIIi:i",
        "fd_allocate" or "fd_fdstat_set_rights" => "iII:i",
        "fd_filestat_set_size" => "iI:i",
        "fd_filestat_set_times" => "iIIi:i",
        "fd_pread" or "fd_pwrite" or "fd_readdir" => "iiiIi:i",
        "fd_seek" => "iIii:i",
        "path_filestat_set_times" => "iiiiIIi:i",
        "path_open" => "iiiiiIIii:i",
        _ => null,
    };
}
