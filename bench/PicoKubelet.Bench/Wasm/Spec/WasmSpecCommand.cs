using System.CommandLine;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary><c>wasm-spec</c>: the specification's tests, as wast2json wrote them.</summary>
internal static class WasmSpecCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new("FOLDER") { Description = "Holds the JSON files and modules that wast2json wrote." };
        Option<DirectoryInfo?> convert = new("--convert") { Description = "First runs wast2json on each .wast file of this folder, into FOLDER." };
        Option<int> fuel = new("--fuel") { Description = "How far the engine runs and loads at a time.", DefaultValueFactory = _ => int.MaxValue };
        Option<bool> verbose = new("--reasons") { Description = "Says why what was left out was." };
        Command command = new("wasm-spec", "Runs the specification's tests on the WebAssembly engine.") { folder, convert, fuel, verbose };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder).FullName;
            if (parsed.GetValue(convert) is { } scripts)
            {
                foreach (string line in new WastConversion(WasmTool.Find("wast2json").Path, path).ConvertFolder(scripts.FullName))
                {
                    Console.WriteLine($"left out: {line}");
                }
            }

            return Run(path, parsed.GetValue(fuel), parsed.GetValue(verbose));
        });
        return command;
    }

    private static int Run(string folder, int fuel, bool saysReasons)
    {
        int passed = 0;
        int failed = 0;
        int leftOut = 0;
        foreach (string path in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (SpecScript.Read(path) is not { } script)
            {
                Console.WriteLine($"{Path.GetFileName(path)}: not of wast2json");
                continue;
            }

            SpecTally tally = SpecRunner.Run(script, fuel);
            Console.WriteLine($"{tally.Name}: {tally.Passed} passed, {tally.Failures.Count} failed, {tally.LeftOut} left out");
            foreach (string failure in tally.Failures)
            {
                Console.WriteLine($"  FAILED {failure}");
            }

            foreach ((string reason, int count) in saysReasons ? tally.Reasons : new Dictionary<string, int>())
            {
                Console.WriteLine($"  left out, {count}: {reason}");
            }

            passed += tally.Passed;
            failed += tally.Failures.Count;
            leftOut += tally.LeftOut;
        }

        Console.WriteLine($"{passed} passed, {failed} failed, {leftOut} left out");
        return failed == 0 ? 0 : 1;
    }
}
