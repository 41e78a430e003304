using PicoKubelet.Bench.Wasm.Reference;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>
/// Valid modules with flipped bits, cut short, or with a stretch taken out: the engine refuses them with its load error, or
/// runs them within its limits. Whether one is still valid, Wasmtime is asked.
/// </summary>
internal sealed class DamagedModules(ReferenceEngine reference)
{
    private const int CopiesOfEach = 20;
    private const int Fuel = 20_000;

    // As a board has them: 32 KiB of memory, 8 KiB of stack, and a module of 64 KiB at most.
    private static readonly WasmLimits Limits = new() { ModuleBytes = 64 * 1024 };

    // What loading may take at most, on .NET: the translated code, tables of the limits' sizes, and what is thrown away.
    private const int MostBytesToLoad = 2 * 1024 * 1024;

    /// <summary>Gets how many were tried.</summary>
    public int Count { get; private set; }

    /// <summary>Gets how many did not load.</summary>
    public int Refused { get; private set; }

    /// <summary>Gets how many ran.</summary>
    public int Ran { get; private set; }

    /// <summary>Gets the most that loading one allocated.</summary>
    public long MostAllocated { get; private set; }

    /// <summary>Tries damaged copies of a module.</summary>
    /// <returns>What went wrong.</returns>
    public List<string> Run(byte[] module, Random random)
    {
        List<string> failures = [];
        for (int i = 0; i < CopiesOfEach; i++)
        {
            byte[] damaged = Damage(module, random);
            Count++;
            try
            {
                if (Try(damaged) is { } failure)
                {
                    failures.Add($"damaged copy {i}: {failure}");
                }
            }
            catch (Exception e)
            {
                failures.Add($"damaged copy {i}: {e}");
            }
        }

        return failures;
    }

    private static byte[] Damage(byte[] module, Random random)
    {
        byte[] copy = [.. module];
        switch (random.Next(4))
        {
            case 0:
                return copy[..random.Next(copy.Length)];
            case 1:
                int from = random.Next(copy.Length);
                int to = Math.Min(copy.Length, from + random.Next(1, 9));
                return [.. copy[..from], .. copy[to..]];
            default:
                for (int flips = random.Next(1, 4); flips > 0; flips--)
                {
                    copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                }

                return copy;
        }
    }

    private string? Try(byte[] damaged)
    {
        WasmModule module;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            module = WasmLoader.Load(damaged, Limits);
        }
        catch (WasmLoadException e)
        {
            Refused++;
            bool isOurRule = e.Error is WasmLoadError.Unsupported or WasmLoadError.Limit;
            return isOurRule || reference.Validate(damaged) is not null ? null : $"refused though Wasmtime takes it: {e.Message}";
        }
        finally
        {
            MostAllocated = Math.Max(MostAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        if (MostAllocated > MostBytesToLoad)
        {
            return $"loading it took {MostAllocated} bytes";
        }

        return reference.Validate(damaged) is { } reason ? $"loaded though Wasmtime says: {reason}" : Execute(module);
    }

    private string? Execute(WasmModule module)
    {
        WasmInstance instance;
        try
        {
            instance = new WasmInstance(module, Imports(module), Limits);
        }
        catch (Exception e) when (e is WasmLinkException or WasmTrapException)
        {
            return null;
        }

        Ran++;
        instance.Run(Fuel);
        instance.Abort();
        for (int i = 0; i < module.ExportCount; i++)
        {
            if (module.ExportKind(i) == WasmExternalKind.Function)
            {
                int function = module.FindFunction(module.ExportName(i));
                instance.Begin(function, new long[module.ParameterCount(function)]);
                instance.Run(Fuel);
                instance.Abort();
            }
        }

        int taken = instance.Memory?.BytesInUse ?? 0;
        return taken <= Limits.MemoryBytes ? null : $"its memory takes {taken} bytes of {Limits.MemoryBytes}";
    }

    private static WasmImports Imports(WasmModule module)
    {
        WasmImports imports = new();
        for (int i = 0; i < module.ImportCount; i++)
        {
            string name = module.ImportName(i);
            string? signature = name switch
            {
                "log-i32" => "i:",
                "log-i64" => "I:",
                "log-f32" => "f:",
                "log-f64" => "F:",
                _ => null,
            };
            if (signature is not null)
            {
                imports.Add(module.ImportModule(i), name, signature, _ => { });
            }
        }

        return imports;
    }
}
