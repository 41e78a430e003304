using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>The engine as the scripts use it: what it loads can import from what was loaded before.</summary>
internal sealed class SpecEngine
{
    // The tests' own sizes; a board's limits are tested elsewhere.
    private static readonly WasmLimits Limits = new()
    {
        ModuleBytes = 16 * 1024 * 1024,
        Functions = 32_767,
        Items = 32_767,
        Locals = 10_000,
        BlockDepth = 10_000,
        OperandDepth = 10_000,
        TableElements = 1_000_000,
        MemoryPages = 32_767,
        MemoryBytes = 64 * 1024 * 1024,
        CallDepth = 1000,
        StackBytes = 1024 * 1024,
    };

    private readonly int _fuel;
    private readonly WasmImports _imports = new();
    private readonly Dictionary<string, string> _missing = [];

    /// <summary>Initializes a new instance of the <see cref="SpecEngine"/> class.</summary>
    /// <param name="fuel">How far it runs at a time.</param>
    public SpecEngine(int fuel)
    {
        _fuel = fuel;
        SpecTestModule.AddTo(_imports, Limits);
    }

    /// <summary>Gets why the module that did not link lacks an import: its exporter was left out. Null where it was not.</summary>
    public string? Missing { get; private set; }

    /// <summary>Loads a module.</summary>
    /// <exception cref="WasmLoadException">It is refused.</exception>
    public WasmModule Load(byte[] bytes)
    {
        WasmLoader loader = new(new WasmBytes(bytes), Limits);
        while (!loader.Step(_fuel))
        {
        }

        return loader.Module;
    }

    /// <summary>Loads a module, makes an instance of it and runs its start function.</summary>
    /// <exception cref="WasmLoadException">It is refused.</exception>
    /// <exception cref="WasmLinkException">An import is missing.</exception>
    /// <exception cref="WasmTrapException">A segment does not fit.</exception>
    public SpecInstance Instantiate(byte[] bytes)
    {
        WasmModule module = Load(bytes);
        Missing = Enumerable.Range(0, module.ImportCount).Select(i => _missing.GetValueOrDefault(module.ImportModule(i))).FirstOrDefault(reason => reason is not null);
        SpecInstance made = new(new WasmInstance(module, _imports, Limits), _fuel);
        made.Start();
        return made;
    }

    /// <summary>Lets later modules import an instance's exports.</summary>
    public void Register(string name, SpecInstance instance)
    {
        if (instance.Instance is { } exporter)
        {
            _imports.Add(name, exporter);
        }
        else
        {
            _missing[name] = instance.Reason!;
        }
    }
}
