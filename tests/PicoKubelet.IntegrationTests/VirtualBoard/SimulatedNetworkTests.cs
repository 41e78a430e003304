using System.Net;
using System.Net.Sockets;
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

        Assert.IsNull(_network.Connect(Timeout));
        Assert.AreEqual("127.0.0.1", _network.GetAddress());
    }

    [TestMethod]
    public void JoiningFailsWithoutWifi()
    {
        _network.SetPower(true);
        _network.SetThere(false);

        Assert.IsNotNull(_network.Connect(1));
        Assert.IsNull(_network.GetAddress());
    }

    [TestMethod]
    public void JoiningWaitsForWifiToReturn()
    {
        _network.SetPower(true);
        _network.SetThere(false);

        Task<string?> joining = Task.Run(() => _network.Connect(Timeout));
        _network.SetThere(true);

        Assert.IsNull(joining.Result);
        Assert.AreEqual("127.0.0.1", _network.GetAddress());
    }

    [TestMethod]
    public void APowerCutEndsAWaitForWifi()
    {
        _network.SetPower(true);
        _network.SetThere(false);

        Task<string?> joining = Task.Run(() => _network.Connect(60_000));
        _network.SetPower(false);

        Assert.IsNotNull(joining.Result);
    }

    [TestMethod]
    public void LosingWifiBreaksOpenConnections()
    {
        AssertThatItBreaksConnections(() => _network.SetThere(false));
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
        _network.SetThere(false);
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
        _network.Connect(Timeout);
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
