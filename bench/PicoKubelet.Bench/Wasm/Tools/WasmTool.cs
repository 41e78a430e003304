using System.Diagnostics;

namespace PicoKubelet.Bench.Wasm.Tools;

/// <summary>A program that makes WebAssembly: found in PATH, or where tests/wasm/fetch.sh and Debian put it.</summary>
internal sealed class WasmTool
{
    private WasmTool(string path)
    {
        Path = path;
    }

    /// <summary>Gets where it is.</summary>
    public string Path { get; }

    /// <summary>Gets the folder that tests/wasm/fetch.sh fills.</summary>
    public static string Cache
    {
        get
        {
            string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return System.IO.Path.Combine(string.IsNullOrEmpty(cache) ? System.IO.Path.Combine(home, ".cache") : cache, "picokubelet", "wasm");
        }
    }

    /// <summary>Gets a program.</summary>
    /// <exception cref="ToolMissingException">It is not installed.</exception>
    public static WasmTool Find(string name)
    {
        // Debian's rustc has WebAssembly's libraries; another one that comes first in PATH mostly lacks them.
        string[] first = [$"/usr/bin/{name}", System.IO.Path.Combine(Cache, "node_modules", ".bin", name)];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new WasmTool(first.Concat(folders.Select(folder => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new ToolMissingException($"{name} is not installed"));
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote.</exception>
    public void Run(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Path, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output.Result}{error}");
        }
    }
}
