using Wasmtime;

namespace PicoKubelet.Bench.Wasm.Reference;

/// <summary>Wasmtime, as what the engine is compared with: compiled without optimisation, and with the engine's features alone.</summary>
internal sealed class ReferenceEngine : IDisposable
{
    /// <summary>More than any program here takes.</summary>
    public const ulong Fuel = long.MaxValue;

    private readonly Config _config;
    private readonly Engine _engine;

    /// <summary>Initializes a new instance of the <see cref="ReferenceEngine"/> class.</summary>
    /// <param name="countsInstructions">Whether runs take fuel, which makes them slower.</param>
    public ReferenceEngine(bool countsInstructions)
    {
        CountsInstructions = countsInstructions;
        _config = new Config()
            .WithOptimizationLevel(OptimizationLevel.None)
            .WithFuelConsumption(countsInstructions)
            .WithCraneliftNaNCanonicalization(true)
            .WithRelaxedSIMD(enable: false, deterministic: false)
            .WithSIMD(false)
            .WithWasmThreads(false)
            .WithTailCalls(false)
            .WithGc(false)
            .WithFunctionReferences(false)
            .WithExceptions(false)
            .WithMultiMemory(false)
            .WithMemory64(false)
            .WithWideArithmetic(false);
        _engine = new Engine(_config);
    }

    /// <summary>Gets a value indicating whether runs are counted.</summary>
    public bool CountsInstructions { get; }

    /// <summary>Tells what is wrong with a module.</summary>
    /// <returns>The message, or null where it is valid.</returns>
    public string? Validate(byte[] module)
    {
        return Module.Validate(_engine, module);
    }

    /// <summary>Compiles a module.</summary>
    /// <exception cref="WasmtimeException">It is not valid.</exception>
    public Module Compile(byte[] module)
    {
        return Module.FromBytes(_engine, "module", module);
    }

    /// <summary>Makes an instance with the imports of binaryen's generated modules: functions that log a value.</summary>
    /// <param name="module">The module.</param>
    /// <param name="log">Gets each value that is logged.</param>
    /// <exception cref="WasmtimeException">It does not link, or the start function trapped.</exception>
    public ReferenceInstance Instantiate(Module module, Action<string>? log = null)
    {
        Store store = new(_engine);
        try
        {
            if (CountsInstructions)
            {
                store.Fuel = Fuel;
            }

            using Linker linker = new(_engine);
            foreach (Import import in module.Imports)
            {
                if (import is FunctionImport function)
                {
                    linker.Define(import.ModuleName, import.Name, Logger(store, function, log));
                }
            }

            return new ReferenceInstance(store, linker.Instantiate(store, module), CountsInstructions);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _engine.Dispose();
        _config.Dispose();
    }

    private static Function Logger(Store store, FunctionImport import, Action<string>? log)
    {
        return import.Parameters switch
        {
            [ValueKind.Int32] => Function.FromCallback(store, (int value) => log?.Invoke($"{import.Name} {value}")),
            [ValueKind.Int64] => Function.FromCallback(store, (long value) => log?.Invoke($"{import.Name} {value}")),
            [ValueKind.Float32] => Function.FromCallback(store, (float value) => log?.Invoke($"{import.Name} {value:R}")),
            [ValueKind.Float64] => Function.FromCallback(store, (double value) => log?.Invoke($"{import.Name} {value:R}")),
            _ => Function.FromCallback(store, () => log?.Invoke(import.Name)),
        };
    }
}
