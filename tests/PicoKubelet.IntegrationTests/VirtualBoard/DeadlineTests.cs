using System.Net;
using System.Text;
using PicoKubelet.Network;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>
/// Whatever a server does or does not, a connection ends by its deadline. None of these servers ever ends by itself: what does not
/// hold its deadline hangs.
/// </summary>
[TestClass]
public class DeadlineTests
{
    private const int Short = 1000;
    private const int Long = 60_000;

    // A handshake record's head, and what may be its content.
    private static readonly byte[] Record = [22, 3, 3, 64, 0, .. new byte[200]];

    private static readonly TestAuthority Authority = new();
    private static readonly byte[] Request = "GET / HTTP/1.1\r\n\r\n"u8.ToArray();

    private readonly SimulatedNetwork _network = new("pico-node-1", "127.0.0.1");
    private readonly byte[] _buffer = new byte[512];

    [TestInitialize]
    public void Start()
    {
        _network.SetPower(true);
        _network.Join(null, null);
    }

    [TestCleanup]
    public void Stop()
    {
        _network.SetPower(false);
    }

    [TestMethod]
    public void ASilentServerIsNotAskedForAHandshake()
    {
        using var server = new HostileServer((stream, _, stop) => HostileServer.BeSilentAsync(stream, stop));

        AssertEndsBeforeAHandshake(server);
    }

    [TestMethod]
    public void AServerThatDripsItsFirstRecordIsNotAskedForAHandshake()
    {
        using var server = new HostileServer((stream, _, stop) => HostileServer.DripAsync(stream, Record, stop));

        AssertEndsBeforeAHandshake(server);
    }

    [TestMethod]
    public void AServerThatDoesNotSpeakTlsIsNamed()
    {
        using var server = new HostileServer(async (stream, _, stop) => await stream.WriteAsync("HTTP/1.0 400 Bad Request\r\n\r\n"u8.ToArray(), stop));

        Assert.AreEqual("the server does not speak TLS; is its URL http://?", Refusal(server, Long));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AHandshakeThatStallsAfterAGoodAnswerEndsToo(bool drips)
    {
        using var server = new HostileServer(async (stream, number, stop) =>
        {
            if (number == 1)
            {
                await HostileServer.SpeakTlsAsync(stream, Authority.Sign(IPAddress.Loopback, "api.test"), stop);
            }
            else if (drips)
            {
                await HostileServer.DripAsync(stream, Record, stop);
            }
            else
            {
                await HostileServer.BeSilentAsync(stream, stop);
            }
        });

        Assert.ThrowsExactly<ConnectException>(() => Connect(server, true, 3 * Short));
        Assert.IsLessThanOrEqualTo(2, server.Connections);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ARecordThatDripsInTheMiddleOfASessionEnds(bool isSecure)
    {
        using var server = new HostileServer(async (stream, number, stop) =>
        {
            if (!isSecure)
            {
                await HostileServer.DripAsync(stream, "HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
                return;
            }

            var wire = new DrippingStream(stream);
            using var tls = await HostileServer.SpeakTlsAsync(wire, Authority.Sign(IPAddress.Loopback, "api.test"), stop);
            await tls.ReadAtLeastAsync(new byte[100], 1, cancellationToken: stop);
            wire.Drips = true;
            await tls.WriteAsync(new byte[16_000], stop);
        });
        IOutboundConnection connection = Connect(server, isSecure, Long);
        connection.Write(Request, 0, Request.Length);
        connection.SetDeadline(Short);

        Assert.Throws<Exception>(() => ReadForEver(connection));
        connection.Close();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AServerThatTakesNothingEnds(bool isSecure)
    {
        using var server = new HostileServer(async (stream, _, stop) =>
        {
            if (isSecure)
            {
                await HostileServer.SpeakTlsAsync(stream, Authority.Sign(IPAddress.Loopback, "api.test"), stop);
            }

            await Task.Delay(Timeout.Infinite, stop);
        });
        IOutboundConnection connection = Connect(server, isSecure, Long);
        connection.SetDeadline(Short);

        Assert.Throws<Exception>(() => WriteForEver(connection));
        connection.Close();
    }

    [TestMethod]
    public void AfterTheDeadlineNothingIsSentNorRead()
    {
        using var server = new HostileServer((stream, _, stop) => HostileServer.BeSilentAsync(stream, stop));
        IOutboundConnection connection = Connect(server, false, Long);
        connection.SetDeadline(0);

        Assert.ThrowsExactly<TimeoutException>(() => connection.Write(Request, 0, Request.Length));
        Assert.ThrowsExactly<TimeoutException>(() => connection.Read(_buffer, 0, 1));
        connection.Close();
    }

    [TestMethod]
    public void AWellBehavedServerAnswersOverTls()
    {
        using var server = new HostileServer(async (stream, _, stop) =>
        {
            using var tls = await HostileServer.SpeakTlsAsync(stream, Authority.Sign(IPAddress.Loopback, "api.test"), stop);
            int read = await tls.ReadAtLeastAsync(new byte[100], 1, cancellationToken: stop);
            await tls.WriteAsync(Encoding.ASCII.GetBytes("took " + read), stop);
        });
        IOutboundConnection connection = Connect(server, true, Long);
        connection.Write(Request, 0, Request.Length);

        int count = connection.Read(_buffer, 0, _buffer.Length);
        Assert.AreEqual("took " + Request.Length, Encoding.ASCII.GetString(_buffer, 0, count));
        Assert.AreEqual(2, server.Connections);
        connection.Close();
    }

    private IOutboundConnection Connect(HostileServer server, bool isSecure, int timeout)
    {
        var connector = new SocketConnector(new SimulatedSockets(_network), Authority.Pem, SystemClock.Instance);
        return connector.Connect("127.0.0.1", server.Port, isSecure, timeout);
    }

    private string Refusal(HostileServer server, int timeout)
    {
        var exception = Assert.ThrowsExactly<ConnectException>(() => Connect(server, true, timeout));
        Assert.AreEqual(ConnectPhase.Handshake, exception.Phase);
        return exception.Message;
    }

    /// <summary>On a busy machine the deadline may come while TCP connects; no handshake follows then either.</summary>
    private void AssertEndsBeforeAHandshake(HostileServer server)
    {
        var exception = Assert.ThrowsExactly<ConnectException>(() => Connect(server, true, Short));
        Assert.IsTrue(exception.Phase != ConnectPhase.Handshake || exception.Message == "the server is silent", exception.Message);
        Assert.IsLessThanOrEqualTo(1, server.Connections);
    }

    private void ReadForEver(IOutboundConnection connection)
    {
        while (true)
        {
            connection.Read(_buffer, 0, _buffer.Length);
        }
    }

    private void WriteForEver(IOutboundConnection connection)
    {
        while (true)
        {
            connection.Write(_buffer, 0, _buffer.Length);
        }
    }

    /// <summary>Passes bytes on as they are, or one at a time.</summary>
    private sealed class DrippingStream(Stream inner) : Stream
    {
        public bool Drips { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            for (int i = 0; Drips && i < buffer.Length; i++)
            {
                await inner.WriteAsync(buffer.Slice(i, 1), cancellationToken);
                await Task.Delay(10, cancellationToken);
            }

            if (!Drips)
            {
                await inner.WriteAsync(buffer, cancellationToken);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
