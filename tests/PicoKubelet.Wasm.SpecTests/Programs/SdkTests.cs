using System.Text.RegularExpressions;
using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>sdk/ declares each function of the module <c>pico</c> as boards have it, in each language and in its README.</summary>
[TestClass]
public sealed partial class SdkTests
{
    private const string C = """
        #include <pico.h>
        #include <pico_env.h>

        void _start(void)
        {
            char bytes[4];
            int64_t sum = pico_uptime_ms() + pico_time_ms() + (pico_env("A") != NULL);
            sum += pico_pin_write(1, 1) + pico_pin_read(1) + pico_pin_watch(1, PICO_PULL_UP, 2) + pico_pin_edges(1) + pico_pin_wait(1, 2);
            sum += pico_analog_read(1) + pico_pwm_write(1, 2, 3) + pico_i2c_transfer(1, bytes, 2, bytes, 3) + pico_led_write(1);
            sum += pico_gauge_set(PICO_TEXT("a"), 1) + pico_counter_add(PICO_TEXT("a"), 1) + pico_event(PICO_TEXT("A"), PICO_TEXT("b"));
            sum += pico_config_get(PICO_TEXT("a"), bytes, 4) + pico_cell_read(1) + pico_cell_write(1, 2) + pico_stop_requested();
            pico_log(PICO_TEXT("a"));
            pico_sleep_ms((int32_t)sum);
        }
        """;

    private const string Rust = """
        #![no_std]
        #![no_main]

        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo) -> ! {
            core::arch::wasm32::unreachable()
        }

        #[no_mangle]
        pub extern "C" fn _start() {
            let mut bytes = [0u8; 4];
            let mut good = pico::pin_write(1, true).is_ok() | pico::pin_read(1).is_ok() | pico::pin_watch(1, pico::Pull::Up, 2).is_ok();
            good |= pico::pin_edges(1).is_ok() | pico::pin_wait(1, 2).is_ok() | pico::analog_read(1).is_ok() | pico::pwm_write(1, 2, 3).is_ok();
            good |= pico::i2c_transfer(1, &[1, 2], &mut bytes).is_ok() | pico::led_write(true).is_ok() | pico::gauge_set("a", 1).is_ok();
            good |= pico::counter_add("a", 1).is_ok() | pico::event("A", "b").is_ok() | pico::config_get("a", &mut bytes).is_ok();
            good |= pico::cell_read(1).is_ok() | pico::cell_write(1, 2).is_ok() | pico::stop_requested();
            pico::log("a");
            pico::sleep_ms((pico::uptime_ms() + pico::time_ms() + good as i64) as i32);
        }
        """;

    private const string AssemblyScript = """
        import * as pico from "./pico";

        const bytes = memory.data(4);

        export function _start(): void {
          let sum = pico.uptimeMs() + pico.timeMs();
          sum += pico.pinWrite(1, 1) + pico.pinRead(1) + pico.pinWatch(1, pico.Pull.Up, 2) + pico.pinEdges(1) + pico.pinWait(1, 2);
          sum += pico.analogRead(1) + pico.pwmWrite(1, 2, 3) + pico.i2cTransfer(1, bytes, 2, bytes, 3) + pico.ledWrite(1);
          sum += pico.gaugeSet("a", 1) + pico.counterAdd("a", 1) + pico.event("A", "b") + pico.configGet("a", bytes, 4);
          sum += pico.cellRead(1) + pico.cellWrite(1, 2) + pico.stopRequested();
          pico.log("a");
          pico.sleepMs(<i32>sum);
        }
        """;

    private string _folder = null!;

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("picokubelet-").FullName;
    }

    [TestCleanup]
    public void DeleteFolder()
    {
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void CHasEachFunction()
    {
        MustImportAll(() =>
        {
            WasmTool.Find("wasm-ld");
            WasmTool.Find("clang").Run(
                "--target=wasm32-wasi", "--sysroot=/usr", "-Os", "-Wall", "-Werror", "-nostartfiles", "-Wl,-z,stack-size=1024", "-I", Repository.PathOf("sdk/c"), Write("program.c", C), "-o", Output);
        });
    }

    [TestMethod]
    public void RustHasEachFunction()
    {
        MustImportAll(() =>
        {
            WasmTool.Find("wasm-ld");
            if (!Directory.Exists("/usr/lib/rustlib/wasm32-wasi"))
            {
                throw new ToolMissingException("libstd-rust-dev-wasm32 is not installed");
            }

            string[] flags = ["--target", "wasm32-unknown-unknown", "--edition", "2021", "-C", "opt-level=s", "-C", "panic=abort", "-D", "warnings"];
            WasmTool.Find("rustc").Run([.. flags, "--crate-type", "rlib", "--crate-name", "pico", "--out-dir", _folder, Repository.PathOf("sdk/rust/src/lib.rs")]);
            WasmTool.Find("rustc").Run([.. flags, "--crate-type", "cdylib", "-C", "link-arg=-zstack-size=1024", "--extern", $"pico={_folder}/libpico.rlib", Write("program.rs", Rust), "-o", Output]);
        });
    }

    [TestMethod]
    public void AssemblyScriptHasEachFunction()
    {
        MustImportAll(() =>
        {
            WasmTool.Find("node");
            File.Copy(Repository.PathOf("sdk/assemblyscript/pico.ts"), Path.Combine(_folder, "pico.ts"));
            WasmTool.Find("asc").Run(Write("program.ts", AssemblyScript), "-Osize", "--runtime", "stub", "--use", "abort=", "-o", Output);
        });
    }

    [TestMethod]
    public void TheReadmeShowsEachFunction()
    {
        Dictionary<string, string> documented = DocumentedFunction().Matches(File.ReadAllText(Repository.PathOf("sdk/README.md")))
            .ToDictionary(row => row.Groups[1].Value, row => string.Concat(ParameterType().Matches(row.Groups[2].Value).Select(type => type.Groups[1].Value == "64" ? 'I' : 'i')));

        CollectionAssert.AreEquivalent(Functions().Select(function => (function.Key, function.Value.Split(':')[0])).ToArray(), documented.Select(function => (function.Key, function.Value)).ToArray());
    }

    private string Output => Path.Combine(_folder, "program.wasm");

    // As the firmware's source names them, with their types.
    private static Dictionary<string, string> Functions()
    {
        return Directory.GetFiles(Repository.PathOf("src/PicoKubelet.Pods/Programs"), "Pico*.cs")
            .SelectMany(file => ModuleFunction().Matches(File.ReadAllText(file)))
            .ToDictionary(match => match.Groups[1].Success ? match.Groups[1].Value : "stop_requested", match => match.Groups[2].Value);
    }

    private void MustImportAll(Action build)
    {
        byte[] bytes = TestRun.Require(() =>
        {
            build();
            return File.ReadAllBytes(Output);
        });
        WasmLimits limits = new() { MemoryBytes = 4096, StackBytes = 1024, CallDepth = 100, ModuleBytes = 16 * 1024 };
        WasmImports imports = new();
        List<string> called = [];
        foreach ((string name, string signature) in Functions())
        {
            imports.Add("pico", name, signature, _ => called.Add(name));
        }

        imports.Add(new WasiPreview1(new SimulatedHost(), ["program"], []));

        // What is declared with other types does not link.
        WasmInstance instance = new(WasmLoader.Load(bytes, limits), imports, limits);
        instance.Begin(instance.Module.FindFunction("_start"), null);
        WasmStatus status = instance.Run(100000);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEquivalent(Functions().Keys, called.Distinct().ToArray());
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex("""(?:"(\w+)"|StopRequested) => new \w+\(this, "([iI]*:[iI]?)",""")]
    private static partial Regex ModuleFunction();

    [GeneratedRegex(@"^\| `(\w+)\((.*?)\)` \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedFunction();

    [GeneratedRegex(@": i(32|64)")]
    private static partial Regex ParameterType();
}
