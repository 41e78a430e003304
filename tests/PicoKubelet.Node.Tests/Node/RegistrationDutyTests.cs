using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Node;

/// <summary>When the node is registered again, and what of it is left as it is.</summary>
[TestClass]
public class RegistrationDutyTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void A_deleted_Node_is_registered_again()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Server.Uid = null;
        node.Server.HasLease = false;
        node.Run(11000);

        // By a heartbeat, or by a look, whichever comes first.
        Assert.Contains("get create status create-lease", node.Server.Kinds(from));
        Assert.AreEqual("uid-2", node.Server.Uid);
        Assert.Contains("\"uid\":\"uid-2\"", node.Server.LastOf("create-lease").Body);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.Contains("\"nodeInfo\"", node.Server.LastOf("status").Body);
        Assert.DoesNotContains("$patch", node.Server.LastOf("status").Body);
        Assert.AreEqual(1, node.Log.CountOf("registering again"));
    }

    [TestMethod]
    public void A_deleted_Node_whose_Lease_is_left_is_back_within_15_s()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(Minute);
        node.Server.Uid = null;
        node.Run(15000);

        Assert.AreEqual("uid-2", node.Server.Uid);
        Assert.IsTrue(node.State.IsRegistered);

        // The Lease that was left gets its new owner.
        bool isOwned = false;
        for (int i = 0; i < node.Server.Count; i++)
        {
            isOwned |= node.Server.Get(i).Kind == "lease" && node.Server.Get(i).Body.Contains("\"uid\":\"uid-2\"");
        }

        Assert.IsTrue(isOwned);
    }

    [TestMethod]
    public void A_Node_that_somebody_made_anew_is_made_ours()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Uid = "uid-x";
        int from = node.Server.Count;
        node.Storage.IsHealthy = false;
        node.Run(11000);

        Assert.Contains("get labels status lease", node.Server.Kinds(from));
        bool isOwned = false;
        for (int i = from; i < node.Server.Count; i++)
        {
            isOwned |= node.Server.Get(i).Kind == "lease" && node.Server.Get(i).Body.Contains("\"uid\":\"uid-x\"");
        }

        Assert.IsTrue(isOwned);
    }

    [TestMethod]
    public void A_deleted_Lease_is_made_again()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Server.HasLease = false;
        node.Run(11000);

        Assert.StartsWith("lease get labels status lease create-lease", node.Server.Kinds(from));
        Assert.IsTrue(node.Server.HasLease);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual("lease", node.State.Mode);
    }

    [TestMethod]
    public void A_new_registration_leaves_labels_that_are_right()
    {
        NodeHarness node = NodeHarness.Registered();
        string body = node.Server.LastOf("create").Body;
        int labels = body.IndexOf("\"labels\"");
        node.Server.Metadata = "," + body.Substring(labels, body.IndexOf("}", labels) + 1 - labels);
        for (int i = 0; i < 2; i++)
        {
            int from = node.Server.Count;
            node.Server.HasLease = false;
            node.Run(11000);
            Assert.StartsWith("lease get status lease create-lease", node.Server.Kinds(from));
        }
    }

    [TestMethod]
    public void After_a_long_silence_what_the_cluster_has_is_read_again()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        node.Run(Minute);
        node.Server.IsDown = false;
        node.Server.Status = "{\"addresses\":[{}],\"conditions\":[{\"type\":\"Ready\",\"status\":\"Unknown\",\"lastTransitionTime\":\"2026-01-23T10:30:40Z\"},"
            + "{\"type\":\"PIDPressure\",\"status\":\"False\",\"lastTransitionTime\":\"2026-01-23T10:29:00Z\"}]}";
        int from = node.Server.Count;
        node.Run(7000);

        Assert.StartsWith("lease get labels status lease", node.Server.Kinds(from));
        string body = node.Server.LastOf("status").Body;
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", body);
        Assert.Contains("\"lastTransitionTime\":\"2026-01-23T10:31:", body.Substring(body.IndexOf("\"Ready\"")));
        Assert.Contains("\"lastTransitionTime\":\"2026-01-23T10:29:00Z\"", body);
    }

    [TestMethod]
    public void After_a_short_silence_it_is_not()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        node.Run(12000);
        node.Server.IsDown = false;
        int from = node.Server.Count;
        node.Run(15000);

        Assert.AreEqual("lease lease", node.Server.Kinds(from));
    }

    [TestMethod]
    public void A_reboot_finds_its_Node()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Status = "{\"addresses\":[{}],\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"lastTransitionTime\":\"2026-01-23T10:00:00Z\"}]}";
        int from = node.Server.Count;
        node.Boot(NodeHarness.NewSettings(), 2);
        node.Run(1);

        Assert.AreEqual("get labels status lease", node.Server.Kinds(from));
        Assert.AreEqual("uid-1", node.Server.Uid);
        Assert.Contains("\"lastTransitionTime\":\"2026-01-23T10:00:00Z\"", node.Server.LastOf("status").Body);
    }
}
