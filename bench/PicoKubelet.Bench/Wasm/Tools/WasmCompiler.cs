namespace PicoKubelet.Bench.Wasm.Tools;

/// <summary>Makes modules of source files, as small as a board wants them.</summary>
internal static class WasmCompiler
{
    /// <summary>Builds a module of a source file, by the file's ending.</summary>
    /// <param name="source">A .c, .rs, .ts or .wat file.</param>
    /// <returns>The module.</returns>
    /// <exception cref="ToolMissingException">The language's compiler is not installed.</exception>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static byte[] Build(string source)
    {
        string output = Path.Combine(Path.GetTempPath(), $"picokubelet-{Guid.NewGuid():N}.wasm");
        try
        {
            Compile(source, output);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>Builds a module of a C file that uses no library and exports its function <c>run</c>.</summary>
    /// <inheritdoc cref="Build" path="/returns"/>
    /// <inheritdoc cref="Build" path="/exception"/>
    public static byte[] BuildFreestanding(string source)
    {
        string output = Path.Combine(Path.GetTempPath(), $"picokubelet-{Guid.NewGuid():N}.wasm");
        try
        {
            WasmTool.Find("wasm-ld");
            WasmTool.Find("clang").Run(
                "--target=wasm32", "-O2", "-nostdlib", "-ffreestanding", "-fno-builtin", "-Wl,--no-entry", "-Wl,--export=run", "-Wl,--strip-all",
                "-Wl,-z,stack-size=1024", source, "-o", output);
            return File.ReadAllBytes(output);
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static void Compile(string source, string output)
    {
        switch (Path.GetExtension(source))
        {
            case ".c":
                RequireFolder("/usr/lib/wasm32-wasi", "wasi-libc");
                WasmTool.Find("wasm-ld");
                WasmTool.Find("clang").Run(
                    "--target=wasm32-wasi", "--sysroot=/usr", "-Os", "-Wl,--strip-all", "-Wl,-z,stack-size=4096", source, "-o", output);
                break;
            case ".rs":
                CompileRust(source, output);
                break;
            case ".ts":
                WasmTool.Find("node");
                WasmTool.Find("asc").Run(source, "-O", "--runtime", "minimal", "-o", output);
                break;
            case ".wat":
                WasmTool.Find("wat2wasm").Run(source, "-o", output);
                break;
            default:
                throw new ArgumentException($"No compiler for {source}.", nameof(source));
        }
    }

    private static void CompileRust(string source, string output)
    {
        RequireFolder("/usr/lib/rustlib/wasm32-wasi", "libstd-rust-dev-wasm32");
        WasmTool.Find("wasm-ld");
        bool isLibrary = File.ReadAllText(source).Contains("#![no_std]", StringComparison.Ordinal);
        string[] kind = isLibrary
            ? ["--target", "wasm32-unknown-unknown", "--crate-type", "cdylib", "-C", "link-arg=-zstack-size=1024"]
            : ["--target", "wasm32-wasi", "-C", "panic=abort"];
        WasmTool.Find("rustc").Run([.. kind, "-C", "opt-level=s", "-C", "link-arg=--strip-all", source, "-o", output]);
    }

    private static void RequireFolder(string folder, string package)
    {
        if (!Directory.Exists(folder))
        {
            throw new ToolMissingException($"{package} is not installed");
        }
    }
}
