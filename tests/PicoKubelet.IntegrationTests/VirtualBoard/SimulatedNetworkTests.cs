using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class SimulatedNetworkTests
{
    private const int Timeout = 5_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SimulatedNetwork _network = new("pico-node-1", "127.0.0.1");

    [TestInitialize]
    public void Start()
    {
        _listener.Start();
    }

    [TestCleanup]
    public void Stop()
    {
        _listener.Stop();
    }

    [TestMethod]
    public void TheAddressIsThereOnceTheBoardHasJoined()
    {
        _network.SetPower(true);
        Assert.IsNull(_network.GetAddress());
        Assert.IsFalse(_network.IsJoined());

        Assert.AreEqual(JoinResult.Joined, _network.Join(null, null));
        Assert.AreEqual("127.0.0.1", _network.GetAddress());
        Assert.IsTrue(_network.IsJoined());
    }

    // What each kind of radio says, whether it is joined all the same, and the signal that it sees.
    [TestMethod]
    [DataRow("PICO_RP2040_W", "Gone", JoinResult.NoAnswer, false, 0)]
    [DataRow("PICO_RP2040_W", "WrongPassword", JoinResult.NoAnswer, false, -55)]
    [DataRow("PICO_RP2040_W", "NoDhcp", JoinResult.NoAnswer, true, -55)]
    [DataRow("PICO_RP2040_W", "WeakSignal", JoinResult.NoAnswer, false, -88)]
    [DataRow("ESP32_REV0", "Gone", JoinResult.NotFound, false, 0)]
    [DataRow("ESP32_REV0", "WrongPassword", JoinResult.Refused, false, -55)]
    [DataRow("ESP32_REV0", "NoDhcp", JoinResult.Joined, true, -55)]
    [DataRow("ESP32_REV0", "WeakSignal", JoinResult.Refused, false, -88)]
    public void ARadioTellsWhatItsKindCanTell(string target, string fault, JoinResult result, bool isJoined, int signal)
    {
        var network = new SimulatedNetwork("pico-node-1", "127.0.0.1", target, TimeSpan.Zero);
        network.SetPower(true);
        network.Fault = Enum.Parse<WifiFault>(fault);

        Assert.AreEqual(result, network.Join(null, null));
        Assert.AreEqual(isJoined, network.IsJoined());
        Assert.IsNull(network.GetAddress());
        Assert.IsTrue(network.TryScan("home", out int dbm));
        Assert.AreEqual(signal, dbm);
        Assert.ThrowsExactly<SocketException>(() => network.GetLink());
    }

    [TestMethod]
    public void WithoutCredentialsThereIsNoName()
    {
        Assert.AreEqual("home", _network.GetSsid());
        _network.Fault = WifiFault.NoCredentials;
        Assert.IsNull(_network.GetSsid());
    }

    [TestMethod]
    public void JoiningWaitsForWifiToReturn()
    {
        _network.SetPower(true);
        _network.Fault = WifiFault.Gone;

        Task<JoinResult> joining = Task.Run(() => _network.Join(null, null));
        _network.Fault = WifiFault.None;

        Assert.AreEqual(JoinResult.Joined, joining.Result);
        Assert.AreEqual("127.0.0.1", _network.GetAddress());
    }

    [TestMethod]
    public void APowerCutEndsAWaitForWifi()
    {
        var network = new SimulatedNetwork("pico-node-1", "127.0.0.1", joinTime: TimeSpan.FromMinutes(1));
        network.SetPower(true);
        network.Fault = WifiFault.Gone;

        Task<JoinResult> joining = Task.Run(() => network.Join(null, null));
        network.SetPower(false);

        Assert.IsTrue(joining.Wait(Timeout));
        Assert.AreNotEqual(JoinResult.Joined, joining.Result);
    }

    [TestMethod]
    public void LosingWifiBreaksOpenConnections()
    {
        AssertThatItBreaksConnections(() => _network.Fault = WifiFault.Gone);
    }

    [TestMethod]
    public void ADropBreaksOpenConnectionsAndTheBoardMayJoinAtOnce()
    {
        AssertThatItBreaksConnections(_network.Drop);
        Assert.IsNull(_network.GetAddress());
        Assert.AreEqual(JoinResult.Joined, _network.Join(null, null));
        Assert.AreEqual("127.0.0.1", _network.GetAddress());
    }

    [TestMethod]
    public void ANewAddressBreaksOpenConnections()
    {
        AssertThatItBreaksConnections(() => _network.Address = "127.0.0.9");
        Assert.AreEqual("127.0.0.9", _network.GetAddress());
    }

    [TestMethod]
    public void APowerCutBreaksOpenConnections()
    {
        AssertThatItBreaksConnections(() => _network.SetPower(false));
    }

    [TestMethod]
    public void NothingConnectsWithoutWifi()
    {
        Join();
        _network.Fault = WifiFault.Gone;
        using var socket = NewSocket();

        Assert.ThrowsExactly<SocketException>(() => new SimulatedSockets(_network).Connect(socket, _listener.LocalEndpoint, Timeout));
    }

    [TestMethod]
    public void ARefusedConnectionFails()
    {
        Join();
        EndPoint endPoint = _listener.LocalEndpoint;
        _listener.Stop();
        using var socket = NewSocket();

        Assert.ThrowsExactly<SocketException>(() => new SimulatedSockets(_network).Connect(socket, endPoint, Timeout));
    }

    [TestMethod]
    public void TheHardwareAddressIsTheNodesOwnAndLocallyAdministered()
    {
        byte[] address = _network.GetMacAddress();

        Assert.HasCount(6, address);
        Assert.AreEqual(0x02, address[0] & 0x03);
        CollectionAssert.AreEqual(address, new SimulatedNetwork("pico-node-1", "127.0.0.5").GetMacAddress());
        CollectionAssert.AreNotEqual(address, new SimulatedNetwork("pico-node-2", "127.0.0.1").GetMacAddress());
    }

    private static Socket NewSocket()
    {
        return new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = Timeout };
    }

    private void Join()
    {
        _network.SetPower(true);
        _network.Join(null, null);
    }

    private void AssertThatItBreaksConnections(Action cut)
    {
        Join();
        using var socket = NewSocket();
        new SimulatedSockets(_network).Connect(socket, _listener.LocalEndpoint, Timeout);
        using Socket server = _listener.AcceptSocket();
        Task<int> read = Task.Run(() => socket.Receive(new byte[1]));

        cut();

        Assert.Throws<Exception>(() => read.GetAwaiter().GetResult());
        server.ReceiveTimeout = Timeout;
        SocketException reset = Assert.ThrowsExactly<SocketException>(() => server.Receive(new byte[1]));
        Assert.AreEqual(SocketError.ConnectionReset, reset.SocketErrorCode);
    }
}
