using PicoKubelet.Bench.Wasm.Tools;

[assembly: Parallelize(Workers = 0, Scope = ExecutionScope.MethodLevel)]

namespace PicoKubelet.Wasm.SpecTests;

/// <summary>What the tests need of the machine; where it is missing they are inconclusive.</summary>
internal static class TestRun
{
    /// <summary>Makes use of a program that may not be installed.</summary>
    public static T Require<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (ToolMissingException e)
        {
            throw new AssertInconclusiveException($"{e.Message}; what needs it is left out.");
        }
    }
}
