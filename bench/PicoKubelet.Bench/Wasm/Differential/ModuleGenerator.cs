using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>
/// Valid modules by chance: binaryen's <c>wasm-opt -ttf</c> makes one of any bytes. Their loops and recursions are bounded
/// (binaryen's hang limit), and NaNs are replaced at once, since their bits may differ from engine to engine.
/// </summary>
internal sealed class ModuleGenerator : IDisposable
{
    private const int LeastBytes = 64;
    private const int MostBytes = 16 * 1024;

    private readonly WasmTool _tool = WasmTool.Find("wasm-opt");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("picokubelet-wasm-");

    /// <summary>Makes a module.</summary>
    /// <param name="seed">The same module comes of the same number.</param>
    public byte[] Make(int seed)
    {
        Random random = new(seed);
        byte[] chance = new byte[random.Next(LeastBytes, MostBytes)];
        random.NextBytes(chance);
        string input = Path.Combine(_folder.FullName, $"{seed}.bin");
        string output = Path.Combine(_folder.FullName, $"{seed}.wasm");
        File.WriteAllBytes(input, chance);
        _tool.Run(
            input, "-ttf", "--mvp-features", "--enable-sign-ext", "--enable-mutable-globals", "--enable-nontrapping-float-to-int",
            "--enable-bulk-memory", "--enable-multivalue", "--denan", "-o", output);
        byte[] module = File.ReadAllBytes(output);
        File.Delete(input);
        File.Delete(output);
        return module;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
    }
}
