using nanoFramework.TestFramework;
using PicoKubelet.Node;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

[TestClass]
public class NodeRegistrationTests
{
    private const string OwnLabels = "\"kubernetes.io/hostname\":\"pico-node-1\",\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"arm\","
        + "\"node.kubernetes.io/instance-type\":\"rp2040-pico\",\"picokubelet.io/board\":\"pico-w\",\"picokubelet.io/microcontroller\":\"true\"";

    [TestMethod]
    public void A_Node_that_is_not_there_is_created()
    {
        NodeHarness node = new NodeHarness();
        node.Run(1);

        Assert.AreEqual("get create status create-lease", node.Server.Kinds());
        Assert.AreEqual("/api/v1/nodes/pico-node-1", node.Server.Get(0).Path);
        Assert.AreEqual("application/json", node.Server.Get(0).Accept);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.IsTrue(node.State.IsReady);
        Assert.AreEqual("192.168.1.50", node.State.Address);
        Assert.AreEqual(1L, node.State.HeartbeatsSent);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.AreEqual(1000L, node.State.LastHeartbeat);
        Assert.AreEqual(40000L, node.State.FreeHeap);
        Assert.AreEqual("lease", node.State.Mode);
        Assert.IsNull(node.State.LastError);
        Assert.AreEqual(1, node.Server.OpenConnections);
        Assert.AreEqual(1, node.Log.CountOf("msg=\"node created\" node=pico-node-1"));
        Assert.AreEqual(1, node.Log.CountOf("msg=registered node=pico-node-1 address=192.168.1.50"));
    }

    [TestMethod]
    public void A_Node_that_is_there_is_taken_as_it_is()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Uid = "uid-7";
        node.Server.HasLease = true;
        node.Server.Metadata = ",\"labels\":{\"beta\":\"x\"," + OwnLabels + ",\"other\":\"y\"}";

        node.Run(1);

        Assert.AreEqual("get status lease", node.Server.Kinds());
        Assert.Contains("\"uid\":\"uid-7\"", node.Server.Last.Body);
        Assert.AreEqual(1, node.Log.CountOf("msg=\"node found\" node=pico-node-1"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(",\"labels\":null")]
    [DataRow(",\"labels\":{}")]
    [DataRow(",\"labels\":{\"kubernetes.io/hostname\":\"pico-node-1\",\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"arm\",\"node.kubernetes.io/instance-type\":\"rp2040-pico\"}")]
    [DataRow(",\"labels\":{\"kubernetes.io/hostname\":\"pico-node-1\",\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"amd64\","
        + "\"node.kubernetes.io/instance-type\":\"rp2040-pico\",\"picokubelet.io/board\":\"pico-w\",\"picokubelet.io/microcontroller\":\"true\"}")]
    public void Other_labels_are_made_ours(string metadata)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Uid = "uid-7";
        node.Server.HasLease = true;
        node.Server.Metadata = metadata;

        node.Run(1);

        Assert.AreEqual("get labels status lease", node.Server.Kinds());
        RecordedRequest request = node.Server.LastOf("labels");
        Assert.AreEqual("PATCH /api/v1/nodes/pico-node-1", request.Verb + " " + request.Path);
        Assert.AreEqual("application/merge-patch+json", request.ContentType);
        Assert.AreEqual("{\"metadata\":{\"labels\":{" + OwnLabels + "}}}", request.Body);
    }

    [TestMethod]
    public void A_Lease_that_a_new_Node_finds_is_taken()
    {
        NodeHarness node = new NodeHarness();
        node.Server.HasLease = true;
        node.Run(1);

        Assert.AreEqual("get create status create-lease lease", node.Server.Kinds());
        Assert.Contains("\"uid\":\"uid-1\"", node.Server.Last.Body);
        Assert.Contains("\"holderIdentity\":\"pico-node-1\"", node.Server.Last.Body);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual(1L, node.State.Leases.Sent);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.AreEqual("lease", node.State.Mode);
    }

    [TestMethod]
    public void A_Lease_that_the_garbage_collector_takes_meanwhile_is_made_again()
    {
        NodeHarness node = new NodeHarness();
        node.Server.HasLease = true;
        bool isTaken = false;
        node.Server.Served = kind =>
        {
            if (kind == "create-lease" && !isTaken)
            {
                // The old Node's Lease, between the creation that it was in the way of and the patch that would have made it ours.
                isTaken = true;
                node.Server.HasLease = false;
            }
        };
        node.Run(1);

        Assert.AreEqual("get create status create-lease lease create-lease", node.Server.Kinds());
        Assert.IsTrue(node.Server.HasLease);
        Assert.AreEqual("lease", node.State.Mode);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
    }

    [TestMethod]
    public void A_Lease_that_is_refused_with_another_conflict_is_tried_again()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Answer("create-lease", Replies.Failure("409 Conflict", "Conflict", "m"));
        node.Run(1);
        Assert.AreEqual("409 Conflict: m", node.State.LastError);
        Assert.AreEqual(0, node.Server.CountOf("lease"));

        node.Server.Answer("create-lease", null);
        node.Run(1000);
        Assert.IsTrue(node.Server.HasLease);
        Assert.IsNull(node.State.LastError);
    }

    [TestMethod]
    public void Whoever_was_faster_is_taken()
    {
        NodeHarness node = new NodeHarness();
        // The first look finds none, and the creation finds one.
        node.Server.Uid = "uid-7";
        node.Server.HasLease = true;
        node.Server.Answer("get", Replies.Failure("404 Not Found", "NotFound", "not found"));
        node.Run(1);
        Assert.AreEqual("get create get", node.Server.Kinds());
        Assert.IsFalse(node.State.IsRegistered);

        int from = node.Server.Count;
        node.Server.Answer("get", null);
        node.Run(200);
        Assert.AreEqual("get labels status lease", node.Server.Kinds(from));
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void Times_of_transition_are_taken_over_where_the_status_is_the_same()
    {
        NodeHarness node = new NodeHarness();
        node.Server.Uid = "uid-7";
        node.Server.Status = "{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"1.2.3.4\"}],\"conditions\":["
            + "{\"type\":\"Ready\",\"status\":\"Unknown\",\"lastTransitionTime\":\"2026-01-01T00:00:01Z\"},"
            + "{\"lastTransitionTime\":\"2026-01-01T00:00:02Z\",\"status\":\"False\",\"type\":\"MemoryPressure\",\"message\":\"m\"},"
            + "{\"type\":\"DiskPressure\",\"status\":\"False\",\"lastTransitionTime\":\"soon\"},"
            + "{\"type\":\"NetworkUnavailable\",\"status\":\"False\",\"lastTransitionTime\":null},"
            + "{\"type\":\"Other\",\"status\":\"False\",\"lastTransitionTime\":\"2026-01-01T00:00:03Z\"},null,7]}";

        node.Run(1);

        string body = node.Server.LastOf("status").Body;
        Assert.Contains(Transition("MemoryPressure", "False", "2026-01-01T00:00:02Z"), body);
        Assert.Contains(Transition("Ready", "True", "2026-01-23T10:30:00Z"), body);
        Assert.Contains(Transition("DiskPressure", "False", "2026-01-23T10:30:00Z"), body);
        Assert.Contains(Transition("NetworkUnavailable", "False", "2026-01-23T10:30:00Z"), body);
        Assert.Contains(Transition("PIDPressure", "False", "2026-01-23T10:30:00Z"), body);
    }

    [TestMethod]
    [DataRow("{\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"1.2.3.4\"}]}", true)]
    [DataRow("{\"addresses\":[]}", false)]
    [DataRow("{\"addresses\":null}", false)]
    [DataRow("{}", false)]
    [DataRow("null", false)]
    public void Addresses_are_replaced_where_there_are_some(string status, bool replaces)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Uid = "uid-7";
        node.Server.Status = status;

        node.Run(1);

        Assert.Contains(
            "\"addresses\":[" + (replaces ? "{\"$patch\":\"replace\"}," : "") + "{\"type\":\"InternalIP\",\"address\":\"192.168.1.50\"}",
            node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void Pins_that_pods_may_not_ask_for_any_more_go()
    {
        NodeHarness node = new NodeHarness();
        ExtendedResources offered = new ExtendedResources();
        offered.Add(2);
        offered.Add(ExtendedResources.Analog + 1);
        node.Description.OfferPods(2, 20480, offered);
        node.Server.Uid = "uid-7";
        node.Server.Status = "{\"capacity\":{\"pods\":\"2\",\"picokubelet.io/gpio-2\":\"1\",\"picokubelet.io/gpio-4\":\"1\",\"picokubelet.io/gpio-x\":\"1\"},"
            + "\"allocatable\":{\"picokubelet.io/gpio-5\":\"0\",\"picokubelet.io/i2c-0x23\":\"1\"}}";

        node.Run(1);

        const string Pins = "\"pods\":\"2\",\"picokubelet.io/gpio-2\":\"1\",\"picokubelet.io/gpio-4\":null,\"picokubelet.io/gpio-5\":null,"
            + "\"picokubelet.io/adc-1\":\"1\",\"picokubelet.io/i2c-0x23\":null}";
        Assert.Contains(Pins + ",\"allocatable\"", node.Server.LastOf("status").Body);
        Assert.Contains(Pins + ",\"daemonEndpoints\"", node.Server.LastOf("status").Body);
        Assert.IsTrue(node.Server.LastOf("status").Body.IndexOf("gpio-x") < 0);
    }

    [TestMethod]
    [DataRow("{\"metadata\":{\"name\":\"a\"}}")]
    [DataRow("{\"metadata\":null}")]
    [DataRow("{\"metadata\":{\"uid\":7}}")]
    [DataRow("[]")]
    [DataRow("{}")]
    public void A_reply_without_a_uid_is_no_Node(string body)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Uid = "uid-7";
        node.Server.Answer("get", Replies.Ok(body));
        node.Server.Answer("labels", Replies.Ok(body));

        node.Run(1);

        Assert.IsFalse(node.State.IsRegistered);
        Assert.AreEqual("200 garbled reply: a Node without a uid", node.State.LastError);
        Assert.AreEqual(0, node.Server.CountOf("status"));
        Assert.AreEqual(0, node.Server.CountOf("lease"));
    }

    [TestMethod]
    [DataRow("get")]
    [DataRow("create")]
    [DataRow("status")]
    [DataRow("lease")]
    [DataRow("create-lease")]
    public void A_failure_at_any_step_is_tried_again_until_it_works(string kind)
    {
        NodeHarness node = new NodeHarness();
        // A renewal comes first only where the Node was there before.
        node.Server.Uid = kind == "lease" ? "uid-7" : null;
        node.Server.Answer(kind, Replies.Failure("500 Oops", "InternalError", "etcd is away"));
        node.Run(30000);
        Assert.AreEqual("500 InternalError: etcd is away", node.State.LastError);
        Assert.AreEqual(0L, node.State.HeartbeatsSent);
        Assert.IsTrue(node.State.HeartbeatsFailed > 5 && node.State.HeartbeatsFailed < 30);
        Assert.AreEqual(1, node.Log.CountOf("etcd is away"));

        node.Server.Answer(kind, null);
        node.Run(21000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.Server.HasLease);
        Assert.AreEqual(1, node.Log.CountOf("API server takes heartbeats again"));
        Assert.AreEqual(1, node.Server.OpenConnections);
    }

    private static string Transition(string type, string status, string time)
    {
        return "{\"type\":\"" + type + "\",\"status\":\"" + status + "\",\"lastHeartbeatTime\":\"2026-01-23T10:30:00Z\",\"lastTransitionTime\":\"" + time + "\"";
    }
}
