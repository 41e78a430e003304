using System.Text;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>A board with the whole firmware, whose network is away.</summary>
internal sealed class LostNetworkHarness
{
    private readonly FakeFiles _files = new FakeFiles();
    private LoopbackSockets _sockets;
    private Firmware _firmware;

    public FakeBoard Board { get; } = new FakeBoard { TargetName = "ESP32_S3_QUAD" };

    public FakeNetwork Network { get; } = new FakeNetwork { Address = null };

    public FakeAccessPoint AccessPoint { get; } = new FakeAccessPoint { NeedsRestart = true };

    public FakePins Pins { get; } = new FakePins();

    public ManualClock Clock { get; } = new ManualClock();

    public RecordingLog Log { get; } = new RecordingLog();

    public void Start(string settings, bool hasAccessPoint = true)
    {
        Clock.Milliseconds = 5000;
        _files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes("{\"apiServer\":\"http://127.0.0.1:9\",\"wifi\":{" + settings + "}}"));
        Restart(hasAccessPoint);
    }

    /// <summary>Stores a configuration in which a pin is an output.</summary>
    public void StoreOutput(int pin)
    {
        ConfigurationValues stored = ConfigurationKeys.MakeDefaults(new DeviceSettings());
        stored.Outputs = 1UL << pin;
        Logger log = new Logger(Log, new TimeKeeper(Clock));
        new ConfigurationStore(new AtomicStorage(_files), Clock, new DeviceSettings(), log).Save(stored, new JsonWriter(new Utf8Writer(512)));
    }

    /// <summary>Reboots the board with a reason, as the setup page does.</summary>
    public void StoreReboot(string reason, int inARow)
    {
        Logger log = new Logger(Log, new TimeKeeper(Clock));
        new Rebooter(Board, Clock, new BootRecord(new AtomicStorage(_files), log), log).Reboot(reason, inARow);
    }

    /// <summary>Starts the firmware as a node, which the test steps.</summary>
    public void Restart(bool hasAccessPoint = true)
    {
        _firmware = NewFirmware(hasAccessPoint);
        Assert.IsTrue(_firmware.Prepare());
    }

    /// <summary>Starts the firmware on its own threads, and waits until it serves the page.</summary>
    public void RestartServing()
    {
        AccessPoint.IsOpen = true;
        _firmware = NewFirmware(true);
        _firmware.Start();
        while (_sockets.EndPoint == null)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Ends the firmware's threads.</summary>
    public void Stop()
    {
        _firmware.Stop();
    }

    public void WaitForReboots(int count)
    {
        while (Board.Reboots < count)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Lets the node's loop run for a time, as long as the board does.</summary>
    public void Run(long milliseconds)
    {
        long end = Clock.Milliseconds + milliseconds;
        int reboots = Board.Reboots;
        while (Clock.Milliseconds < end && Board.Reboots == reboots)
        {
            int wait = _firmware.Step();
            Assert.IsTrue(wait > 0, "the loop would spin");
            Clock.Advance(wait < 1000 ? wait : 1000);
        }
    }

    private Firmware NewFirmware(bool hasAccessPoint)
    {
        _sockets = new LoopbackSockets();
        return new Firmware(new Platform
        {
            Board = Board,
            Network = Network,
            Sockets = _sockets,
            AccessPoint = hasAccessPoint ? AccessPoint : null,
            WifiSetup = hasAccessPoint ? new FakeWifiSetup() : null,
            Pins = Pins,
            Storage = new AtomicStorage(_files),
            Time = new FakeTimeSource(),
            Clock = Clock,
            Log = Log,
        }, null);
    }
}
