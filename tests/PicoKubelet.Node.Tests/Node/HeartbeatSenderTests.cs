using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>Leases, and the status in their place.</summary>
[TestClass]
public class HeartbeatSenderTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    [DataRow("403 Forbidden", "Forbidden")]
    public void Where_Leases_are_forbidden_heartbeats_are_by_status(string status, string reason)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Answer("lease", Replies.Failure(status, reason, "leases is forbidden"));
        node.Server.Answer("create-lease", Replies.Failure(status, reason, "leases is forbidden"));

        node.Run(10 * Minute);

        AssertStatusAlone(node);
        Assert.AreEqual(1, node.Log.CountOf("leases is forbidden"));
    }

    [TestMethod]
    public void Where_Leases_have_no_namespace_heartbeats_are_by_status()
    {
        NodeHarness node = new NodeHarness();
        node.Server.HasLeaseNamespace = false;

        node.Run(10 * Minute);

        AssertStatusAlone(node);
    }

    [TestMethod]
    public void Leases_that_become_forbidden_are_replaced_without_a_gap()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(2 * Minute);
        int from = node.Server.Count;
        node.Server.Answer("lease", Replies.Failure("403 Forbidden", "Forbidden", "no more"));
        node.Run(40000);

        Assert.StartsWith("lease status lease status lease status status", node.Server.Kinds(from));
        Assert.AreEqual(node.Server.Get(from).At, node.Server.Get(from + 1).At);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.AreEqual("status", node.State.Mode);
    }

    [TestMethod]
    public void One_refusal_of_a_Lease_is_no_reason_to_give_them_up()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Server.Answer("lease", Replies.Failure("403 Forbidden", "Forbidden", "rights not loaded"));
        node.RunToNextRequest();
        node.Server.Answer("lease", null);
        node.Run(30000);

        Assert.StartsWith("lease status lease lease", node.Server.Kinds(from));
        Assert.AreEqual("lease", node.State.Mode);
    }

    [TestMethod]
    public void Leases_that_are_allowed_later_are_used()
    {
        NodeHarness node = new NodeHarness();
        node.Server.HasLeaseNamespace = false;
        node.Run(Minute);
        node.Server.HasLeaseNamespace = true;
        node.Run(5 * Minute);

        Assert.AreEqual("lease", node.State.Mode);
        Assert.IsTrue(node.Server.HasLease);
    }

    [TestMethod]
    public void Status_alone_is_a_mode()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.HeartbeatMode = HeartbeatMode.Status;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);
        Assert.AreEqual("get create status", node.Server.Kinds());
        Assert.AreEqual("status", node.State.Mode);

        node.Run(10 * Minute);
        Assert.AreEqual(0, node.Server.CountOf("lease"));
        int statuses = node.Server.CountOf("status");
        Assert.IsTrue(statuses >= 58 && statuses <= 61, statuses.ToString());
        Assert.IsNull(node.State.LastError);
    }

    [TestMethod]
    public void A_new_registration_tries_Leases_again()
    {
        NodeHarness node = new NodeHarness();
        node.Server.HasLeaseNamespace = false;
        node.Run(Minute);
        Assert.AreEqual("status", node.State.Mode);

        node.Server.HasLeaseNamespace = true;
        node.Server.Uid = null;
        node.Run(11000);
        Assert.AreEqual("lease", node.State.Mode);
        Assert.IsTrue(node.Server.HasLease);
    }

    private static void AssertStatusAlone(NodeHarness node)
    {
        Assert.IsTrue(node.State.IsRegistered);
        Assert.IsNull(node.State.LastError);
        Assert.AreEqual("status", node.State.Mode);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.AreEqual(1, node.Server.CountOf("get"));

        // Its creation at the start, and a trial each five minutes.
        Assert.AreEqual(1, node.Server.CountOf("lease"));
        int statuses = node.Server.CountOf("status");
        Assert.IsTrue(statuses >= 57 && statuses <= 63, statuses.ToString());
    }
}
