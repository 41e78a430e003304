using System.Net;
using System.Net.Sockets;
using PicoKubelet.Network;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>What keeps a device's native TLS from waiting for the rest of a record, over the PC's sockets.</summary>
[TestClass]
public class TlsRecordsTests
{
    private const int Short = 50;
    private const int Long = 60_000;

    private readonly byte[] _head = new byte[TlsRecords.HeadBytes];
    private readonly Socket _reader;
    private readonly Socket _writer;

    public TlsRecordsTests()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _writer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _writer.Connect(listener.LocalEndpoint);
        _reader = listener.AcceptSocket();
    }

    [TestCleanup]
    public void Stop()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(104)]
    public void APartOfARecordIsNotRead(int bytes)
    {
        _writer.Send(Record(100), bytes, SocketFlags.None);

        Assert.ThrowsExactly<TimeoutException>(() => Await(Short));
        Assert.AreEqual(bytes, _reader.Available);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(100)]
    [DataRow(4096)]
    public void AWholeRecordIsAndStaysInTheSocket(int length)
    {
        byte[] record = Record(length);
        _writer.Send(record);

        Await(Long);
        Assert.AreEqual(record.Length, _reader.Available);
    }

    [TestMethod]
    public void ARecordThatComesInPiecesIsWaitedFor()
    {
        byte[] record = Record(3000);
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < record.Length; i += 1000)
            {
                await Task.Delay(20);
                _writer.Send(record, i, Math.Min(1000, record.Length - i), SocketFlags.None);
            }
        });

        Await(Long);
        Assert.AreEqual(record.Length, _reader.Available);
        sending.Wait();
    }

    [TestMethod]
    public void ARecordLargerThanAWindowIsNotWaitedForAsAWhole()
    {
        _writer.Send(Record(16_384), 4101, SocketFlags.None);

        Await(Long);
    }

    [TestMethod]
    public void AClosedConnectionIsReadAtOnce()
    {
        _writer.Shutdown(SocketShutdown.Both);

        Await(Long);
    }

    private static byte[] Record(int length) => [23, 3, 3, (byte)(length >> 8), (byte)length, .. new byte[length]];

    private void Await(int timeout)
    {
        TlsRecords.Await(_reader, _head, SystemClock.Instance, timeout);
    }
}
