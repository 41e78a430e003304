using PicoKubelet.Bench.Wasm.Spec;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Wasm.SpecTests.Spec;

/// <summary>The specification's tests, as Debian's source package of binaryen carries them.</summary>
[TestClass]
public sealed class SpecificationTests
{
    // So many held when this was written; fewer mean that something is left out unseen.
    private const int LeastPassed = 19_000;

    // Modules are made instances of in a few steps of this size each, and calls are suspended all the time.
    private const int SmallSlice = 7;

    private static readonly Lazy<DirectoryInfo> Converted = new(Convert);

    public TestContext TestContext { get; set; } = null!;

    [ClassCleanup]
    public static void DeleteConverted()
    {
        if (Converted.IsValueCreated)
        {
            Converted.Value.Delete(recursive: true);
        }
    }

    [TestMethod]
    public void EveryAssertionHolds()
    {
        AllHold(int.MaxValue);
    }

    [TestMethod]
    public void EveryAssertionHoldsWhereRunsAreSuspendedAllTheTime()
    {
        AllHold(SmallSlice);
    }

    private void AllHold(int fuel)
    {
        List<SpecTally> tallies = [.. Directory.GetFiles(TestRun.Require(() => Converted.Value.FullName), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => SpecRunner.Run(SpecScript.Read(path)!, fuel))];
        foreach (SpecTally tally in tallies)
        {
            TestContext.WriteLine($"{tally.Name}: {tally.Passed} passed, {tally.Failures.Count} failed, {tally.LeftOut} left out");
            foreach ((string reason, int count) in tally.Reasons)
            {
                TestContext.WriteLine($"  {count} left out: {reason}");
            }
        }

        string[] failures = [.. tallies.SelectMany(tally => tally.Failures)];
        Assert.IsEmpty(failures, string.Join('\n', failures.Take(50)));
        Assert.IsGreaterThan(LeastPassed, tallies.Sum(tally => tally.Passed));
    }

    private static DirectoryInfo Convert()
    {
        string scripts = Path.Combine(WasmTool.Cache, "spec");
        if (!Directory.Exists(scripts))
        {
            throw new ToolMissingException("tests/wasm/fetch.sh did not fetch the specification's tests");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("picokubelet-spec-");
        new WastConversion(WasmTool.Find("wast2json").Path, folder.FullName).ConvertFolder(scripts);
        return folder;
    }
}
