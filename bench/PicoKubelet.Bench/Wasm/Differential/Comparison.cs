using PicoKubelet.Bench.Wasm.Reference;
using PicoKubelet.Wasm;
using Wasmtime;

namespace PicoKubelet.Bench.Wasm.Differential;

/// <summary>Runs one module in our engine and in Wasmtime and compares what comes of it.</summary>
internal sealed class Comparison(ReferenceEngine reference)
{
    private const int RunsOfEach = 2;

    /// <summary>Gets how many calls were compared.</summary>
    public int Calls { get; private set; }

    /// <summary>Gets how many of them trapped.</summary>
    public int Traps { get; private set; }

    /// <summary>Compares a module.</summary>
    /// <param name="bytes">It.</param>
    /// <param name="random">Chooses the arguments.</param>
    /// <returns>How the two differ, or null.</returns>
    public string? Run(byte[] bytes, Random random)
    {
        List<string> expectedLog = [];
        List<string> actualLog = [];
        using Module module = reference.Compile(bytes);
        using ReferenceInstance expected = reference.Instantiate(module, expectedLog.Add);
        SubjectInstance actual = new(bytes, actualLog.Add);
        (string Name, WasmType[] Parameters)[] functions = [.. actual.Functions];
        for (int i = 0; i < functions.Length * RunsOfEach; i++)
        {
            (string name, WasmType[] parameters) = functions[i % functions.Length];
            object[] arguments = Arguments.Pick(parameters, random);
            CallOutcome wanted = expected.Call(name, arguments);
            CallOutcome got = actual.Call(name, arguments);
            Calls++;
            Traps += wanted.IsTrap ? 1 : 0;
            string? difference = wanted != got ? $"{got.Text} instead of {wanted.Text}" : CompareLogs(expectedLog, actualLog);
            if (difference is not null)
            {
                return $"{name}({string.Join(", ", arguments.Select(CallOutcome.Describe))}): {difference}";
            }
        }

        return CompareState(expected, actual, module);
    }

    private static string? CompareLogs(List<string> expected, List<string> actual)
    {
        if (expected.SequenceEqual(actual))
        {
            return null;
        }

        int at = Enumerable.Range(0, Math.Min(expected.Count, actual.Count)).FirstOrDefault(i => expected[i] != actual[i], Math.Min(expected.Count, actual.Count));
        return $"logged {actual.ElementAtOrDefault(at) ?? "nothing"} instead of {expected.ElementAtOrDefault(at) ?? "nothing"} as number {at}";
    }

    private static string? CompareState(ReferenceInstance expected, SubjectInstance actual, Module module)
    {
        foreach ((string name, object value) in actual.Globals)
        {
            string wanted = CallOutcome.Describe(expected.Global(name)!);
            if (CallOutcome.Describe(value) != wanted)
            {
                return $"global {name} is {CallOutcome.Describe(value)} instead of {wanted}";
            }
        }

        return module.Exports.OfType<MemoryExport>().FirstOrDefault() is { } memory ? CompareMemory(expected.Memory(memory.Name), actual.Memory!) : null;
    }

    private static string? CompareMemory(ReadOnlySpan<byte> expected, WasmMemory actual)
    {
        if (expected.Length != actual.Size)
        {
            return $"the memory has {actual.Size} bytes instead of {expected.Length}";
        }

        byte[] bytes = new byte[actual.Size];
        actual.Read(0, bytes, 0, bytes.Length);
        int same = expected.CommonPrefixLength(bytes);
        return same == bytes.Length ? null : $"the memory at {same} is {bytes[same]} instead of {expected[same]}";
    }
}
