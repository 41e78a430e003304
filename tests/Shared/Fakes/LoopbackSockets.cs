using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Settings;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Real sockets on the loopback interface, on whatever port is free.</summary>
internal sealed class LoopbackSockets : ISocketLayer
{
    private const int Backlog = 32;

    /// <summary>What opening throws, or null.</summary>
    public Exception Failure { get; set; }

    /// <summary>What takes datagrams.</summary>
    public RecordingDatagrams Datagrams { get; } = new RecordingDatagrams();

    /// <summary>How often a name was asked for.</summary>
    public int Lookups { get; private set; }

    /// <summary>Where it listens, or null.</summary>
    public IPEndPoint EndPoint { get; private set; }

    public bool ProbesTls => false;

    public IPAddress Resolve(string host, int timeoutMilliseconds)
    {
        Lookups++;
        return host == "nobody" ? null : IPAddress.Loopback;
    }

    public IServerTls ServeTls(TlsIdentity identity, string clientCaPem, string clientName)
    {
        return null;
    }

    public bool HasArrived(Socket socket, Stream stream)
    {
        return socket.Poll(0, SelectMode.SelectRead);
    }

    public void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds)
    {
        socket.Connect(endPoint);
    }

    public string Trust(string caPem)
    {
        return caPem;
    }

    public Stream Authenticate(Socket socket, string host, string caPem, TlsIdentity identity, int timeoutMilliseconds)
    {
        throw new NotSupportedException();
    }

    public Socket Listen(string address, int port, int backlog)
    {
        if (Failure != null)
        {
            throw Failure;
        }

        Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        // A PC drops a connection that finds no room without a word, where a device's network refuses it.
        socket.Listen(Backlog);
        EndPoint = (IPEndPoint)socket.LocalEndPoint;
        return socket;
    }

    public IDatagramSocket OpenDatagrams()
    {
        if (Failure != null)
        {
            throw Failure;
        }

        Datagrams.IsClosed = false;
        return Datagrams;
    }
}
