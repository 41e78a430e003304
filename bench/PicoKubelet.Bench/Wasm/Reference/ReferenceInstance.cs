using System.Globalization;
using Wasmtime;

namespace PicoKubelet.Bench.Wasm.Reference;

/// <summary>An instance in Wasmtime.</summary>
internal sealed class ReferenceInstance : IDisposable
{
    private readonly Store _store;
    private readonly Instance _instance;
    private readonly bool _countsInstructions;

    /// <summary>Initializes a new instance of the <see cref="ReferenceInstance"/> class.</summary>
    public ReferenceInstance(Store store, Instance instance, bool countsInstructions)
    {
        _store = store;
        _instance = instance;
        _countsInstructions = countsInstructions;
    }

    /// <summary>
    /// Gets how many instructions ran so far, as Wasmtime counts: each of WebAssembly's but <c>block</c>, <c>loop</c>,
    /// <c>nop</c>, <c>drop</c>, <c>else</c>, <c>end</c> and <c>unreachable</c>, which do nothing.
    /// </summary>
    public long Instructions => _countsInstructions ? (long)(ReferenceEngine.Fuel - _store.Fuel) : throw new InvalidOperationException("Nothing is counted.");

    /// <summary>Gets an export that takes a number of rounds.</summary>
    public Func<int, int> Rounds(string name)
    {
        return _instance.GetFunction<int, int>(name) ?? throw new InvalidOperationException($"There is no export {name}.");
    }

    /// <summary>Calls an export.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Int32, Int64, Single or Double each.</param>
    /// <returns>The results, or the trap.</returns>
    public CallOutcome Call(string name, object[] arguments)
    {
        try
        {
            object? result = _instance.GetFunction(name)!.Invoke([.. arguments.Select(Box)]);
            return CallOutcome.Returned(result switch
            {
                null => [],
                object[] several => several,
                _ => [result],
            });
        }
        catch (TrapException trap)
        {
            return CallOutcome.Trapped(Kind(trap));
        }
    }

    /// <summary>Gets the exported memory.</summary>
    public ReadOnlySpan<byte> Memory(string name)
    {
        Memory memory = _instance.GetMemory(name)!;
        return memory.GetSpan(0, checked((int)memory.GetLength()));
    }

    /// <summary>Gets an exported global's value.</summary>
    public object? Global(string name)
    {
        return _instance.GetGlobal(name)!.GetValue();
    }

    public void Dispose()
    {
        _store.Dispose();
    }

    /// <summary>Names a trap as <see cref="CallOutcome"/> does.</summary>
    public static string Kind(TrapException trap)
    {
        return trap.Type switch
        {
            TrapCode.StackOverflow => "call stack exhausted",
            TrapCode.MemoryOutOfBounds => "out of bounds memory access",
            TrapCode.TableOutOfBounds => "out of bounds table access",
            TrapCode.IndirectCallToNull => "uninitialized element",
            TrapCode.BadSignature => "indirect call type mismatch",
            TrapCode.IntegerOverflow => "integer overflow",
            TrapCode.IntegerDivisionByZero => "integer divide by zero",
            TrapCode.BadConversionToInteger => "invalid conversion to integer",
            TrapCode.Unreachable => "unreachable",
            TrapCode.OutOfFuel => "out of fuel",
            _ => string.Create(CultureInfo.InvariantCulture, $"{trap.Type}: {trap.Message}"),
        };
    }

    private static ValueBox Box(object value)
    {
        return value switch
        {
            int i => (ValueBox)i,
            long l => l,
            float f => f,
            double d => d,
            _ => throw new ArgumentException($"No WebAssembly number: {value}", nameof(value)),
        };
    }
}
