using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Settings;
using PicoKubelet.Time;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>The firmware's Wi-Fi over the simulated one, in time that the test moves.</summary>
[TestClass]
public class SimulatedWifiTests
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;
    private const string Pico = "PICO_RP2040_W";
    private const string Esp32 = "ESP32_REV0";

    [TestMethod]
    [DataRow(Pico, "Gone", "no such network")]
    [DataRow(Pico, "WrongPassword", "wrong password")]
    [DataRow(Pico, "NoDhcp", "no address from DHCP")]
    [DataRow(Pico, "WeakSignal", "weak signal")]
    [DataRow(Pico, "NoCredentials", "no Wi-Fi network configured")]
    [DataRow(Esp32, "Gone", "no such network")]
    [DataRow(Esp32, "WrongPassword", "wrong password")]
    [DataRow(Esp32, "NoDhcp", "no address from DHCP")]
    [DataRow(Esp32, "WeakSignal", "weak signal")]
    [DataRow(Esp32, "NoCredentials", "no Wi-Fi network configured")]
    public void EachKindOfBoardNamesEachFailureAndGetsOverIt(string target, string fault, string name)
    {
        var board = new Bench(target);
        board.Run(Minute);
        Assert.AreEqual("connected", board.Link.StateName);

        board.Network.Fault = Enum.Parse<WifiFault>(fault);
        board.Run(Minute);
        Assert.AreEqual(name, board.Link.FailureName);
        Assert.AreEqual(1, board.Lines.Count(line => line.Contains("no network", StringComparison.Ordinal)));

        board.Network.Fault = WifiFault.None;
        board.Run(Minute);
        Assert.AreEqual("connected", board.Link.StateName);
        Assert.AreEqual(name, board.Link.LastFailureName);
        Assert.IsNull(board.Link.FailureName);
    }

    [TestMethod]
    [DataRow(Pico)]
    [DataRow(Esp32)]
    public void AnHourWithoutItsNetworkIsALineAndAMoment(string target)
    {
        var board = new Bench(target);
        board.Run(5 * Minute);
        board.Network.Fault = WifiFault.Gone;
        board.Run(60 * Minute);
        Assert.HasCount(3, board.Lines);

        board.Network.Fault = WifiFault.None;
        board.Run(9 * Second);
        Assert.AreEqual("connected", board.Link.StateName);
        Assert.AreEqual(1, board.Link.Losses);
    }

    [TestMethod]
    public void ADayOfFlappingIsSurvived()
    {
        var board = new Bench(Pico);
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            board.Network.Drop();
            board.Run(minute % 5 * Second);
            board.Network.Drop();
            board.Run(Minute);
            Assert.AreEqual("connected", board.Link.StateName);
        }

        Assert.IsTrue(board.Link.Losses > 24 * 60);
        Assert.AreEqual(board.Link.Losses + 1, board.Link.Joins);
        Assert.IsNull(board.Link.LastFailureName);
    }

    [TestMethod]
    public void EveryEventOfTheWifiCanHappenToABoardThatIsOff()
    {
        var board = new SimulatedBoard(new BoardOptions());
        foreach (BoardEvent known in BoardEvents.All.Where(known => known.Name.StartsWith("wifi-", StringComparison.Ordinal)))
        {
            known.Apply(board);
        }

        BoardEvents.WifiBack.Apply(board);
        Assert.IsTrue(board.WifiUp);
    }

    private sealed class Bench : IClock, IBoard, ILogSink
    {
        public Bench(string target, WifiSettings? settings = null)
        {
            Network = new SimulatedNetwork("pico-node-1", "127.0.0.1", target, TimeSpan.Zero);
            Network.SetPower(true);
            Link = new Link(Network, this, this, new Logger(this, new TimeKeeper(this)), new Random(1), settings ?? new WifiSettings());
        }

        public SimulatedNetwork Network { get; }

        public Link Link { get; }

        public List<string> Lines { get; } = [];

        public long Milliseconds { get; private set; }

        public string TargetName => Pico;

        public string RuntimeVersion => string.Empty;

        public void Run(long milliseconds)
        {
            long end = Milliseconds + milliseconds;
            while (Milliseconds < end)
            {
                int wait = Link.EnsureUp();
                Milliseconds += wait == 0 ? Second : wait;
            }
        }

        public void Write(LogLevel level, string line) => Lines.Add(line);

        public long GetFreeHeap() => 40_000;

        public long GetTotalHeap() => 64_000;

        public void SetClock(DateTime utc)
        {
        }

        public void Reboot(string reason)
        {
        }
    }
}
