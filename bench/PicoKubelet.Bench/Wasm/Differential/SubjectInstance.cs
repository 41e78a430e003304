using PicoKubelet.Bench.Wasm.Reference;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>An instance in our engine, with the imports of binaryen's generated modules.</summary>
internal sealed class SubjectInstance
{
    private const int Slice = 1000;

    // What the modules ask for: up to a few MiB of memory, all of it written.
    private static readonly WasmLimits Limits = new()
    {
        ModuleBytes = 1024 * 1024,
        Functions = 32_767,
        Items = 32_767,
        Locals = 10_000,
        BlockDepth = 10_000,
        OperandDepth = 10_000,
        TableElements = 100_000,
        MemoryPages = 32_767,
        MemoryBytes = 64 * 1024 * 1024,
        CallDepth = 10_000,
        StackBytes = 4 * 1024 * 1024,
    };

    private readonly WasmInstance _instance;

    /// <summary>Loads a module, makes an instance and runs its start function.</summary>
    /// <param name="module">The bytes.</param>
    /// <param name="log">Gets each value that is logged.</param>
    public SubjectInstance(byte[] module, Action<string> log)
    {
        WasmLoader loader = new(new WasmBytes(module), Limits);
        while (!loader.Step(Slice))
        {
        }

        _instance = new WasmInstance(loader.Module, Imports(log), Limits);
        while (_instance.ActiveCalls > 0 && _instance.Run(Slice) == WasmStatus.OutOfFuel)
        {
        }
    }

    /// <summary>Gets the memory.</summary>
    public WasmMemory? Memory => _instance.Memory;

    /// <summary>Gets the exported functions.</summary>
    public IEnumerable<(string Name, WasmType[] Parameters)> Functions
    {
        get
        {
            WasmModule module = _instance.Module;
            for (int i = 0; i < module.ExportCount; i++)
            {
                if (module.ExportKind(i) == WasmExternalKind.Function)
                {
                    string name = module.ExportName(i);
                    int function = module.FindFunction(name);
                    yield return (name, [.. Enumerable.Range(0, module.ParameterCount(function)).Select(p => module.ParameterType(function, p))]);
                }
            }
        }
    }

    /// <summary>Gets the exported globals and their values.</summary>
    public IEnumerable<(string Name, object Value)> Globals
    {
        get
        {
            WasmModule module = _instance.Module;
            for (int i = 0; i < module.ExportCount; i++)
            {
                if (module.ExportKind(i) == WasmExternalKind.Global)
                {
                    WasmGlobal global = (WasmGlobal)_instance.GetExport(module.ExportName(i));
                    yield return (module.ExportName(i), Unbox(global.Type, global.Bits));
                }
            }
        }
    }

    /// <summary>Calls an export, in slices.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Int32, Int64, Single or Double each.</param>
    public CallOutcome Call(string name, object[] arguments)
    {
        _instance.Begin(_instance.Module.FindFunction(name), [.. arguments.Select(Bits)]);
        WasmStatus status;
        do
        {
            status = _instance.Run(Slice);
        }
        while (status == WasmStatus.OutOfFuel);
        return status == WasmStatus.Finished
            ? CallOutcome.Returned(Enumerable.Range(0, _instance.ResultCount).Select(i => Unbox(_instance.ResultType(i), _instance.ResultBits(i))))
            : CallOutcome.Trapped(KindOf(_instance.Trap));
    }

    private static string KindOf(WasmTrap trap)
    {
        // Wasmtime calls both an index behind the end of a table.
        return WasmTrap.TextOf(trap.Kind == WasmTrapKind.UndefinedElement ? WasmTrapKind.OutOfBoundsTableAccess : trap.Kind);
    }

    private static WasmImports Imports(Action<string> log)
    {
        WasmImports imports = new();
        imports.Add("fuzzing-support", "log-i32", "i:", call => log($"log-i32 {call.GetInt32(0)}"));
        imports.Add("fuzzing-support", "log-i64", "I:", call => log($"log-i64 {call.GetBits(0)}"));
        imports.Add("fuzzing-support", "log-f32", "f:", call => log($"log-f32 {call.GetSingle(0):R}"));
        imports.Add("fuzzing-support", "log-f64", "F:", call => log($"log-f64 {call.GetDouble(0):R}"));
        return imports;
    }

    private static long Bits(object value)
    {
        return value switch
        {
            int i => (uint)i,
            long l => l,
            float f => BitConverter.SingleToUInt32Bits(f),
            double d => BitConverter.DoubleToInt64Bits(d),
            _ => throw new ArgumentException($"No WebAssembly number: {value}", nameof(value)),
        };
    }

    private static object Unbox(WasmType type, long bits)
    {
        return type switch
        {
            WasmType.I32 => (object)(int)bits,
            WasmType.I64 => bits,
            WasmType.F32 => BitConverter.UInt32BitsToSingle((uint)bits),
            _ => BitConverter.Int64BitsToDouble(bits),
        };
    }
}
