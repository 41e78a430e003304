using System.Text;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests;

/// <summary>The firmware as a whole, as far as it comes without a network.</summary>
[TestClass]
public class FirmwareTests
{
    [TestMethod]
    [DataRow("", "level=error msg=\"no settings\" file=picokubelet.json")]
    [DataRow("{\"token\":\"s3cr3t\"}", "level=error msg=\"settings can not be used\" error=\"apiServer: must be set, for instance https://192.168.1.10:6443\"")]
    [DataRow("{\"token\":s3cr3t}", "level=error msg=\"settings can not be used\" error=\"not JSON: ")]
    public void Without_settings_it_says_so_and_does_nothing(string document, string expected)
    {
        FakeBoard board = new FakeBoard();
        FakeFiles files = new FakeFiles();
        if (document.Length > 0)
        {
            files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(document));
        }

        WaitingLog log = new WaitingLog(6);
        Platform platform = new Platform();
        platform.Board = board;
        platform.Storage = new AtomicStorage(files);
        platform.Clock = new ManualClock();
        platform.Log = log;
        Firmware firmware = new Firmware(platform, null);

        firmware.Start();
        Assert.IsTrue(log.Reached.WaitOne(10000, false));
        firmware.Stop();

        Assert.StartsWith("level=info msg=\"picokubelet starts\" version=0.1.0 target=PICO_RP2040_W\n"
            + "level=info msg=\"opening the storage; where nothing follows, the runtime has none: docs/troubleshooting.md\"\n"
            + "level=info msg=\"no boot record; counting from 1\"\nlevel=info msg=boot number=1 reason=\"power on or reset\"\n" + expected, log.Text);
        Assert.DoesNotContains("s3cr3t", log.Text);
        Assert.IsNull(firmware.State);
        Assert.IsNull(firmware.ApiStatistics);
        Assert.AreEqual(0, board.Reboots);
        Assert.Contains("waiting for settings: deploy them with nanoff, then reset the board", log.Text);
    }

    [TestMethod]
    public void What_nobody_catches_ends_in_a_reboot_with_its_reason()
    {
        Platform platform = NewPlatformWithoutNetwork();
        platform.Log = new JumpingLog((ManualClock)platform.Clock);
        new Firmware(platform, null).Run();
        Assert.AreEqual(1, ((FakeBoard)platform.Board).Reboots);
        Assert.AreEqual("unhandled exception", ((FakeBoard)platform.Board).RebootReason);

        BootRecord record = new BootRecord(platform.Storage, new Logger(new RecordingLog(), new TimeKeeper(platform.Clock)));
        record.Begin();
        Assert.AreEqual("unhandled exception", record.LastReason);
        Assert.AreEqual(1, record.RebootsInARow);
    }

    [TestMethod]
    public void What_nobody_catches_right_after_the_start_does_not_reboot_at_once()
    {
        Platform platform = NewPlatformWithoutNetwork();
        WaitingLog log = new WaitingLog(6);
        platform.Log = log;
        Firmware firmware = new Firmware(platform, null);
        firmware.Start();
        Assert.IsTrue(log.Reached.WaitOne(10000, false));
        firmware.Stop();
        Assert.EndsWith("level=warning msg=\"a reboot is due, and waits\" reason=\"unhandled exception\"\n", log.Text);
        Assert.AreEqual(0, ((FakeBoard)platform.Board).Reboots);
    }

    [TestMethod]
    [DataRow(LedDisplay.On)]
    [DataRow(LedDisplay.Off)]
    public void A_stored_LED_is_shown_from_the_start_on_in_place_of_the_status(int display)
    {
        Platform platform = NewPlatformWithoutNetwork();
        platform.Network = new FakeNetwork();
        FakePins pins = new FakePins();
        pins.WriteLed(display == LedDisplay.Off);
        platform.Pins = pins;
        platform.Log = new RecordingLog();
        platform.Time = new FakeTimeSource();
        Logger log = new Logger(platform.Log, new TimeKeeper(platform.Clock));
        ConfigurationValues stored = ConfigurationKeys.MakeDefaults(new DeviceSettings());
        stored.SetNumber(ConfigurationNumber.Led, display);
        new ConfigurationStore(platform.Storage, platform.Clock, new DeviceSettings(), log).Save(stored, new JsonWriter(new Utf8Writer(512)));
        Firmware firmware = new Firmware(platform, null);

        Assert.IsTrue(firmware.Prepare());

        Assert.AreEqual(display == LedDisplay.On, pins.IsLedOn);
        Assert.AreEqual(display, firmware.Configuration.Values.Number(ConfigurationNumber.Led));
    }

    [TestMethod]
    public void Without_settings_the_LED_says_so()
    {
        Platform platform = NewPlatformWithoutNetwork();
        platform.Storage = new AtomicStorage(new FakeFiles());
        FakePins pins = new FakePins();
        platform.Pins = pins;
        WaitingLog log = new WaitingLog(6);
        platform.Log = log;
        Firmware firmware = new Firmware(platform, null);
        firmware.Start();
        Assert.IsTrue(log.Reached.WaitOne(10000, false));
        while (!pins.IsLedOn)
        {
            Thread.Sleep(1);
        }

        firmware.Stop();
    }

    private static Platform NewPlatformWithoutNetwork()
    {
        FakeFiles files = new FakeFiles();
        files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes("{\"apiServer\":\"https://a\"}"));
        Platform platform = new Platform();
        platform.Board = new FakeBoard();
        platform.Storage = new AtomicStorage(files);
        platform.Clock = new ManualClock();
        return platform;
    }

    /// <summary>Lets the first uptime pass once an exception is logged.</summary>
    private sealed class JumpingLog : ILogSink
    {
        private readonly ManualClock _clock;

        public JumpingLog(ManualClock clock)
        {
            _clock = clock;
        }

        public void Write(LogLevel level, string line)
        {
            if (line.Contains("unhandled exception"))
            {
                _clock.Advance(Rebooter.FirstUptime);
            }
        }
    }

    /// <summary>Tells when it has so many lines.</summary>
    private sealed class WaitingLog : ILogSink
    {
        private readonly RecordingLog _log = new RecordingLog();
        private readonly int _lines;

        public WaitingLog(int lines)
        {
            _lines = lines;
        }

        public AutoResetEvent Reached { get; } = new AutoResetEvent(false);

        public string Text => _log.Text;

        public void Write(LogLevel level, string line)
        {
            _log.Write(level, line);
            if (_log.Count == _lines)
            {
                Reached.Set();
            }
        }
    }
}
