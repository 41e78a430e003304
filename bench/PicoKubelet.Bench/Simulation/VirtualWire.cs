using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Simulation;

/// <summary>
/// The network between the board and the API server, without any: the firmware gets a socket that is never connected, and the
/// stream that stands in for TLS reaches the API server by a call. So all of the firmware's own code runs, and each wait is the
/// simulation's.
/// </summary>
internal sealed class VirtualWire(VirtualTime time, VirtualCluster cluster, FirmwareAllocations allocations) : ISocketLayer
{
    // From the request's last byte to the reply's first.
    private const int RoundTrip = 5;

    private readonly List<Socket> _sockets = [];
    private readonly List<VirtualStream> _streams = [];

    /// <summary>Gets what the board sent so far. The simulation may clear it.</summary>
    public List<ServedRequest> Requests { get; } = [];

    /// <summary>Gets or sets what is wrong.</summary>
    public WireFault Fault { get; set; } = WireFault.None;

    /// <summary>Gets or sets whether the board has a network at all.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Gets or sets what is told of each request.</summary>
    public Action<ServedRequest>? Served { get; set; }

    /// <summary>Gets how many sockets the firmware has not closed.</summary>
    public int OpenSockets => _sockets.Count(socket => !socket.SafeHandle.IsClosed);

    /// <summary>Gets how many streams the firmware has not closed.</summary>
    public int OpenStreams => _streams.Count(stream => !stream.IsClosed);

    /// <summary>Gets or sets whether it is the turn of a thread beside the node's loop: that waits for nothing here, since time is the loop's.</summary>
    public bool IsBeside { get; set; }

    /// <summary>Breaks all connections without a word: the address is gone, or the power.</summary>
    public void BreakConnections() => _streams.ForEach(stream => stream.IsBroken = true);

    /// <summary>Gets false: below TLS there are no bytes here.</summary>
    public bool ProbesTls => false;

    public IPAddress? Resolve(string host, int timeoutMilliseconds) => null;

    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        using var scope = allocations.EnterSimulation();
        _sockets.RemoveAll(known => known.SafeHandle.IsClosed);
        _sockets.Add(socket);
        if (!IsUp)
        {
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        switch (Fault.Connect)
        {
            case WireConnect.Refuse:
                Note("", "", 0);
                Wait(RoundTrip);
                throw new SocketException((int)SocketError.ConnectionRefused);
            case WireConnect.Silence:
                Note("", "", 0);
                Wait(timeoutMilliseconds);
                throw new SocketException((int)SocketError.TimedOut);
            default:
                Wait(RoundTrip);
                break;
        }
    }

    public string Trust(string caPem) => caPem;

    public Stream Authenticate(Socket socket, string host, string? caPem, TlsIdentity? identity, int timeoutMilliseconds)
    {
        using var scope = allocations.EnterSimulation();
        if (Fault.Connect == WireConnect.SilentHandshake)
        {
            Note("", "", 0);
            Wait(timeoutMilliseconds);
            throw new IOException("timed out");
        }

        VirtualStream stream = new(this, socket);
        _streams.RemoveAll(known => known.IsClosed);
        _streams.Add(stream);
        return stream;
    }

    public IServerTls? ServeTls(TlsIdentity identity, string? clientCaPem, string clientName)
    {
        return null;
    }

    public bool HasArrived(Socket socket, Stream stream) => false;

    public Socket Listen(string address, int port, int backlog) => throw new NotSupportedException("the kubelet's port is not simulated");

    public IDatagramSocket OpenDatagrams() => throw new NotSupportedException("UDP is not simulated");

    internal FirmwareAllocations.Scope EnterSimulation() => allocations.EnterSimulation();

    internal long Now => time.Milliseconds;

    internal void Wait(long milliseconds)
    {
        if (!IsBeside)
        {
            time.Wait(milliseconds);
        }
    }

    internal WireReply Exchange(byte[] request)
    {
        if (!IsUp)
        {
            return WireReply.Nothing(WireEnd.Reset);
        }

        WireReply reply = Fault.Reply(() => (cluster.Serve(request, out int status), status));
        string[] start = System.Text.Encoding.ASCII.GetString(request, 0, request.AsSpan().IndexOf((byte)'\r')).Split(' ');
        Note(start[0], start[1], reply.Status);
        return reply with { Delay = reply.Delay + RoundTrip };
    }

    private void Note(string method, string path, int status)
    {
        ServedRequest request = new(time.Milliseconds, method, path, status);
        Requests.Add(request);
        Served?.Invoke(request);
    }
}
