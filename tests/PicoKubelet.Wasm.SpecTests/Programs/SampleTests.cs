using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>The programs of samples/, built by their scripts and run within what their pods ask for; and sdk/.</summary>
[TestClass]
public sealed class SampleTests
{
    [TestMethod]
    public void BlinkBlinksUntilItIsToStop()
    {
        PicoHost board = new(4) { StopAt = 2000 };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("blink", "wat2wasm"), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEqual(new[] { "blinking at pin 4", "4=1", "4=0", "4=1", "4=0", "4=0", "stopped" }, board.Seen);
    }

    [TestMethod]
    public void BlinkWithoutItsPinFailsAndSaysWhy()
    {
        PicoHost board = new();

        (_, WasmStatus status) = board.Run(Build("blink", "wat2wasm"), 4 * 1024);

        Assert.AreEqual(WasmStatus.Trapped, status);
        Assert.AreEqual("pin 4 is not this pod's", board.Seen[^1]);
    }

    [TestMethod]
    public void HelloSaysHelloAndEndsWell()
    {
        PicoHost board = new();

        (WasmInstance instance, WasmStatus status) = board.Run(Build("hello", "clang", "wasm-ld"), 16 * 1024);

        Assert.IsTrue(status == WasmStatus.Finished || (status == WasmStatus.Exited && instance.ExitCode == 0), $"{status} {instance.Trap}");
        CollectionAssert.AreEqual(new[] { "hello from a board", "up for 1 s; memory cell 0 is 0" }, board.Seen);
    }

    [TestMethod]
    public void TheButtonSwitchesAndIsCountedThoughItBounces()
    {
        // Pressed from 1.5 s on for a while, and again from 3 s on; the contact bounces for 6 ms.
        PicoHost board = new(4, 14)
        {
            StopAt = 5000,
            Level = now => (now >= 1506 && now < 2000) || (now >= 3006 && now < 3200) || (now is 1501 or 1503 or 3002) ? 1 : 0,
        };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("button", "wasm-ld"), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEqual(new[] { "press the button", "4=1", "on", "4=0", "off", "4=0" }, board.Seen);
        Assert.AreEqual(2, board.Cell(0));
    }

    [TestMethod]
    public void AssemblyScriptHasTheDeclarations()
    {
        string folder = Directory.CreateTempSubdirectory("picokubelet-").FullName;
        try
        {
            string source = Path.Combine(folder, "program.ts");
            File.Copy(Repository.PathOf("sdk/assemblyscript/pico.ts"), Path.Combine(folder, "pico.ts"));
            File.WriteAllText(source, "import * as pico from \"./pico\";\nexport function _start(): void { pico.log(\"a\" + pico.uptimeMs().toString()); pico.cellWrite(3, 7); }\n");
            string output = Path.Combine(folder, "program.wasm");
            PicoHost board = new();

            (WasmInstance instance, WasmStatus status) = board.Run(TestRun.Require(() => Compile(source, output)), 16 * 1024);

            Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
            CollectionAssert.AreEqual(new[] { "a1000" }, board.Seen);
            Assert.AreEqual(7, board.Cell(3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Compile(string source, string output)
    {
        WasmTool.Find("node");
        WasmTool.Find("asc").Run(source, "-O", "--runtime", "minimal", "--use", "abort=", "-o", output);
        return File.ReadAllBytes(output);
    }

    private static byte[] Build(string sample, params string[] tools)
    {
        string output = Path.Combine(Path.GetTempPath(), $"picokubelet-{Guid.NewGuid():N}.wasm");
        try
        {
            return TestRun.Require(() =>
            {
                foreach (string tool in tools)
                {
                    WasmTool.Find(tool);
                }

                Require(sample == "hello", "/usr/lib/wasm32-wasi", "wasi-libc");
                Require(sample == "button", "/usr/lib/rustlib/wasm32-wasi", "libstd-rust-dev-wasm32");
                WasmTool.Find("sh").Run(Repository.PathOf($"samples/{sample}/build.sh"), output);
                return File.ReadAllBytes(output);
            });
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static void Require(bool isNeeded, string folder, string package)
    {
        if (isNeeded && !Directory.Exists(folder))
        {
            throw new ToolMissingException($"{package} is not installed");
        }
    }
}
