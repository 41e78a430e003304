using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>A board with room for it watches its Node in place of looking at it.</summary>
[TestClass]
public class NodeWatchTests
{
    private const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string StreamEnd = "0\r\n\r\n";
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void While_a_watch_follows_the_Node_it_is_not_looked_at()
    {
        NodeHarness node = NodeHarness.Steady();
        FakeConnection connection = new FakeConnection(node.Clock, Stream("ADDED", node.Server.Version));
        NewWatch(node, connection).Step();
        int looks = node.Server.Looks;
        int from = node.Server.Count;
        node.Run(20 * Minute);

        Assert.AreEqual(looks, node.Server.Looks);
        Assert.IsTrue(node.Server.CountOf("status", from) >= 3);
        Assert.Contains("GET /api/v1/nodes?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dpico-node-1&timeoutSeconds=2", connection.Sent);
        Assert.Contains("as=PartialObjectMetadata", connection.Sent);
    }

    [TestMethod]
    public void What_somebody_else_changed_is_mended_within_a_second()
    {
        NodeHarness node = NodeHarness.Steady();
        int version = node.Server.Version + 100;
        FakeConnection connection = new FakeConnection(node.Clock, Stream("ADDED", node.Server.Version), Stream("MODIFIED", version));
        Loop watch = NewWatch(node, connection);
        watch.Step();
        node.Run(Minute);
        int from = node.Server.Count;
        node.Server.Version = version;
        node.Server.Metadata = "";
        watch.Step();
        node.Run(1500);

        Assert.AreEqual(1, node.Server.CountOf("get", from));
        Assert.AreEqual(1, node.Server.CountOf("labels", from));
        Assert.AreEqual(1, node.Log.CountOf("somebody else changed the Node; setting it right"));
    }

    [TestMethod]
    public void What_the_board_changed_itself_is_no_news()
    {
        NodeHarness node = NodeHarness.Steady();
        FakeConnection connection = new FakeConnection(node.Clock, Stream("ADDED", node.Server.Version), Stream("MODIFIED", node.Server.Version + 1));
        Loop watch = NewWatch(node, connection);
        watch.Step();
        int looks = node.Server.Looks;
        int version = node.Server.Version;
        while (node.Server.Version == version)
        {
            node.Run(1000);
        }

        watch.Step();
        node.Run(Minute);

        Assert.AreEqual(looks, node.Server.Looks);
    }

    [TestMethod]
    public void Once_the_watch_broke_it_is_looked_at_again()
    {
        NodeHarness node = NodeHarness.Steady();
        Loop watch = NewWatch(node, new FakeConnection(node.Clock, Stream("ADDED", node.Server.Version)));
        watch.Step();
        node.Run(Minute);

        watch.Step();
        node.RunToLook(15000);
    }

    private static Loop NewWatch(NodeHarness node, FakeConnection connection)
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        ApiClient client = new ApiClient(new FakeConnector(connection), settings.ApiServer, settings.Token, node.Clock, ApiHarness.Timeout, 0);
        return node.Node.MakeWatch(client, node.Clock, node.Logger, new SeededRandom(1));
    }

    private static string Stream(string type, int version)
    {
        string line = "{\"type\":\"" + type + "\",\"object\":{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\""
            + version.ToString() + "\"}}}\n";
        return StreamHead + line.Length.ToString("X") + "\r\n" + line + "\r\n" + StreamEnd;
    }
}
