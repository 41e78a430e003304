using System;
using System.Threading;
using PicoKubelet.Http.Server;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Kubelet;

/// <summary>A server that listens on the loopback interface, on a node on fakes.</summary>
internal sealed class ServerHarness
{
    private readonly KubeletServer _server;

    public ServerHarness(Exception failure = null)
    {
        Node = NodeHarness.Registered();
        Sockets.Failure = failure;
        KubeletParts context = new KubeletHarness(Node).Context;
        context.Platform.Sockets = Sockets;
        _server = new KubeletServer(context, new Logger(Node.Log, Node.Time));
        _server.Start();
    }

    public NodeHarness Node { get; }

    public LoopbackSockets Sockets { get; } = new LoopbackSockets();

    public ServerStatistics Statistics => _server.Statistics;

    /// <summary>Opens a connection, once the server listens.</summary>
    public SocketClient Connect()
    {
        while (Sockets.EndPoint == null)
        {
            Thread.Sleep(1);
        }

        return new SocketClient(Sockets.EndPoint);
    }

    /// <summary>Waits until a connection is in service.</summary>
    public void AwaitService()
    {
        int looks = Node.Clock.Looks;
        while (Statistics.InService == 0 || Node.Clock.Looks < looks + 4)
        {
            Thread.Sleep(1);
        }
    }

    /// <summary>Lets time pass, and waits until whoever is in service has seen that.</summary>
    public void Pass(int milliseconds)
    {
        Node.Clock.Advance(milliseconds);
        int looks = Node.Clock.Looks;
        for (int i = 0; i < 500 && Node.Clock.Looks < looks + 4; i++)
        {
            Thread.Sleep(1);
        }
    }

    public void Stop()
    {
        _server.Stop();
    }
}
