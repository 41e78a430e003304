using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class SimulatedTlsTests
{
    private static readonly TestAuthority Authority = new();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SimulatedNetwork _network = new("pico-node-1", "127.0.0.1");

    [TestInitialize]
    public void Start()
    {
        _listener.Start();
        _network.SetPower(true);
        _network.Join(null, null);
    }

    [TestCleanup]
    public void Stop()
    {
        _network.SetPower(false);
        _listener.Stop();
    }

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("api.test")]
    public void TheServersAddressAndNameAreTrustedByTheCa(string host)
    {
        Task<int> server = ServeAsync(Authority.Sign(IPAddress.Loopback, "api.test"));
        using Stream stream = Authenticate(host, Authority.Pem, 60_000);
        stream.WriteByte(42);

        Assert.AreEqual(42, server.Result);
    }

    [TestMethod]
    public void ASecondCaInTheBundleCountsToo()
    {
        Task<int> server = ServeAsync(Authority.Sign(IPAddress.Loopback, "api.test"));
        using Stream stream = Authenticate("127.0.0.1", new TestAuthority().Pem + "\n" + Authority.Pem, 60_000);
        stream.WriteByte(42);

        Assert.AreEqual(42, server.Result);
    }

    [TestMethod]
    public void AnotherCaIsNotTrusted()
    {
        _ = ServeAsync(Authority.Sign(IPAddress.Loopback, "api.test"));

        Assert.ThrowsExactly<AuthenticationException>(() => Authenticate("127.0.0.1", new TestAuthority().Pem, 60_000));
    }

    [TestMethod]
    [DataRow("127.0.0.2")]
    [DataRow("other.test")]
    public void ACertificateForAnotherHostIsNotTrusted(string host)
    {
        _ = ServeAsync(Authority.Sign(IPAddress.Loopback, "api.test"));

        Assert.ThrowsExactly<AuthenticationException>(() => Authenticate(host, Authority.Pem, 60_000));
    }

    [TestMethod]
    public void AnExpiredCertificateIsNotTrusted()
    {
        _ = ServeAsync(Authority.Sign(IPAddress.Loopback, "api.test", validUntil: DateTimeOffset.UtcNow.AddHours(-1)));

        Assert.ThrowsExactly<AuthenticationException>(() => Authenticate("127.0.0.1", Authority.Pem, 60_000));
    }

    [TestMethod]
    public void ASilentServerDoesNotHoldTheHandshakeForLongerThanTheTimeout()
    {
        Assert.Throws<TimeoutException>(() => Authenticate("127.0.0.1", Authority.Pem, 50));
    }

    private async Task<int> ServeAsync(X509Certificate2 certificate)
    {
        using TcpClient client = await _listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(certificate);
        byte[] buffer = new byte[1];
        await stream.ReadExactlyAsync(buffer);
        return buffer[0];
    }

    private Stream Authenticate(string host, string caPem, int timeoutMilliseconds)
    {
        var sockets = new SimulatedSockets(_network);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = timeoutMilliseconds,
            SendTimeout = timeoutMilliseconds,
        };
        sockets.Connect(socket, _listener.LocalEndpoint, 60_000);
        return sockets.Authenticate(socket, host, caPem, identity: null, timeoutMilliseconds);
    }
}
