using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

/// <summary>A node on fakes that watches its ConfigMap over connections that the test scripts.</summary>
internal sealed class ConfigMapWatcherHarness
{
    private Loop _watch;
    private NodeStage _stage = NodeStage.Timed;

    public NodeHarness Node { get; } = new NodeHarness(NewSettings(), true);

    public FakeConnector Connector { get; private set; }

    public static DeviceSettings NewSettings()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.ConfigMapWatch = true;
        return settings;
    }

    public FakeConnection NewConnection(params string[] replies)
    {
        return new FakeConnection(Node.Clock, replies);
    }

    public void Register()
    {
        Node.Run(1);
        Assert.IsTrue(Node.State.IsRegistered);
        _stage = NodeStage.InOrder;
    }

    public void Watch(params object[] connections)
    {
        Connector = new FakeConnector(connections);
        ApiClient client = new ApiClient(Connector, ApiEndpoint.Parse("https://api.example:6443"), ApiHarness.Token, Node.Clock, ApiHarness.Timeout, 0);
        _watch = Node.Configuration.MakeWatch(client);
        Node.Configuration.ConfigMapDuty.Observe(_stage);
    }

    /// <summary>Does a step of the watch on a thread of its own, while this one takes what it finds as the node's loop does.</summary>
    public int Step()
    {
        int wait = 0;
        Thread thread = new Thread(() => wait = _watch.Step());
        thread.Start();
        while (!thread.Join(1))
        {
            Node.Configuration.ConfigMapDuty.Observe(_stage);
        }

        Assert.AreEqual(0, _watch.Failures);
        return wait;
    }
}
