using PicoKubelet.Bench.Fleet;
using PicoKubelet.Bench.Wasm.Tools;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>The programs of samples/, built by their scripts and run within what their pods ask for.</summary>
[TestClass]
public sealed class SampleTests
{
    private const string WasiLibrary = "/usr/lib/wasm32-wasi";
    private const string RustLibrary = "/usr/lib/rustlib/wasm32-wasi";

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

        (WasmInstance instance, WasmStatus status) = board.Run(Build("hello", "clang", "wasm-ld", WasiLibrary), 16 * 1024);

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

        (WasmInstance instance, WasmStatus status) = board.Run(Build("button", "wasm-ld", RustLibrary), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEqual(new[] { "press the button", "4=1", "on", "4=0", "off", "4=0" }, board.Seen);
        Assert.AreEqual(2, board.Cell(0));
    }

    [TestMethod]
    public void TheThermostatHeatsWithHysteresisAndNotWithoutItsSensor()
    {
        PicoHost board = new(15)
        {
            StopAt = 20000,
            Variables = ["TARGET=21", "HYSTERESIS=0.5"],
            Analog = now => Tmp36(now < 5000 ? 20.0 : now < 8000 ? 21.4 : now < 11000 ? 21.6 : now < 14000 ? 20.6 : now < 17000 ? 20.4 : -50),
        };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("thermostat", "clang", "wasm-ld", WasiLibrary), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        const string Gone = "no sensor at channel 0: heater off";
        CollectionAssert.AreEqual(new[] { "heater on", "15=1", "heater off", "15=0", "heater on", "15=1", Gone, "SensorFailed: " + Gone, "15=0" }, Changes(board));
        Assert.AreEqual(20400, board.Values["room_celsius"], 10);
        Assert.AreEqual(21000, board.Values["target_celsius"]);
        Assert.AreEqual(0, board.Values["heater_on"]);
    }

    [TestMethod]
    public void TheThermostatFollowsTheBoardsConfigMap()
    {
        PicoHost board = new(15)
        {
            StopAt = 10000,
            Variables = ["HYSTERESIS=0.25", "TARGET=21"],
            Analog = _ => Tmp36(20),
            Configuration = (now, key) => key == "target" && now > 5000 ? "18.25" : null,
        };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("thermostat", "clang", "wasm-ld", WasiLibrary), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEqual(new[] { "heater on", "15=1", "heater off", "15=0" }, Changes(board));
        Assert.AreEqual(18250, board.Values["target_celsius"]);
    }

    [TestMethod]
    public void TheThermostatWithoutItsPinFailsAndSaysWhy()
    {
        PicoHost board = new() { Analog = _ => Tmp36(20) };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("thermostat", "clang", "wasm-ld", WasiLibrary), 4 * 1024);

        Assert.AreEqual(WasmStatus.Exited, status, $"{instance.Trap}");
        Assert.AreEqual(1, instance.ExitCode);
        Assert.AreEqual("channel 0 or pin 15 is not this pod's", board.Seen[^1]);
    }

    [TestMethod]
    public void TheDoorCounterCountsEachOpeningThoughTheContactBounces()
    {
        PicoHost board = new(14)
        {
            StopAt = 9000,
            Level = now => (now >= 2010 && now < 4000) || (now >= 6000 && now < 6500) || (now is 2001 or 2005 or 4003 or 7000) ? 1 : 0,
        };

        (WasmInstance instance, WasmStatus status) = board.Run(Build("door-counter", "wasm-ld", RustLibrary), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        const string Opened = "DoorOpened: the door at pin 14 was opened";
        CollectionAssert.AreEqual(new[] { "the door is closed", Opened, "open", "closed", Opened, "open", "closed" }, board.Seen);
        Assert.AreEqual(2000, board.Values["door_openings"]);
        Assert.AreEqual(0, board.Values["door_open"]);
    }

    [TestMethod]
    public void TheWeatherIsMeasuredAndAWrongChecksumIsCounted()
    {
        byte[] right = [0x66, 0x66, 0x93, 0x66, 0x66, 0x93];
        byte[] wrong = [0x66, 0x66, 0x93, 0x66, 0x67, 0x93];
        List<string> asked = [];
        PicoHost board = new();
        board.StopAt = 31000;
        board.Device = (address, bytes) =>
        {
            asked.Add($"{address:x}:{Convert.ToHexString(bytes)}");
            return board.Now < 5000 ? null : board.Now < 10000 ? right : wrong;
        };

        // The program frees nothing: it has to live on what it took at its start.
        (WasmInstance instance, WasmStatus status) = board.Run(Build("weather", "node", "asc"), 4 * 1024);

        Assert.AreEqual(WasmStatus.Finished, status, $"{instance.Trap}");
        CollectionAssert.AreEqual(new[] { "the sensor at 0x44 fails", "measuring", "the sensor at 0x44 fails" }, board.Seen);
        CollectionAssert.AreEqual(new[] { "44:2400", "44:2400", "44:" }, asked.Take(3).ToArray());
        Assert.AreEqual(25000, board.Values["temperature_celsius"]);
        Assert.AreEqual(400, board.Values["humidity_ratio"]);
        Assert.AreEqual(5000, board.Values["sensor_failures"]);
    }

    // What the converter reads of a TMP36: 500 mV at 0 °C, 10 mV a degree, of 3.3 V.
    private static int Tmp36(double celsius) => (int)Math.Round((0.5 + (celsius / 100)) / 3.3 * 65535);

    // Without what is written to a pin that has the level already.
    private static string[] Changes(PicoHost board)
    {
        List<string> changes = [];
        string? level = null;
        foreach (string seen in board.Seen.Where(seen => seen != level))
        {
            level = seen.Contains('=') ? seen : level;
            changes.Add(seen);
        }

        return [.. changes];
    }

    private static byte[] Build(string sample, params string[] tools)
    {
        string output = Path.Combine(Path.GetTempPath(), $"picokubelet-{Guid.NewGuid():N}.wasm");
        try
        {
            return TestRun.Require(() =>
            {
                foreach (string tool in tools.Where(tool => !Directory.Exists(tool)))
                {
                    WasmTool.Find(tool);
                }

                WasmTool.Find("sh").Run(Repository.PathOf($"samples/{sample}/build.sh"), output);
                return File.ReadAllBytes(output);
            });
        }
        finally
        {
            File.Delete(output);
        }
    }
}
