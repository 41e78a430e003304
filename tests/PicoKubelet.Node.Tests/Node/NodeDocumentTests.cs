using nanoFramework.TestFramework;
using PicoKubelet.Node;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>The documents that a node sends, to the letter.</summary>
[TestClass]
public class NodeDocumentTests
{
    private const string StrategicMerge = "application/strategic-merge-patch+json";
    private const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private const string Labels = "{\"kubernetes.io/hostname\":\"pico-node-1\",\"kubernetes.io/os\":\"linux\",\"kubernetes.io/arch\":\"arm\","
        + "\"node.kubernetes.io/instance-type\":\"rp2040-pico\",\"picokubelet.io/board\":\"pico-w\",\"picokubelet.io/microcontroller\":\"true\"}";

    private const string Resources = "{\"cpu\":\"1\",\"memory\":\"256Ki\",\"ephemeral-storage\":\"32Ki\",\"pods\":\"0\"}";

    [TestMethod]
    public void The_Node_is_created_with_labels_a_taint_and_its_status()
    {
        NodeHarness node = NodeHarness.Registered();
        RecordedRequest request = node.Server.LastOf("create");

        Assert.AreEqual("/api/v1/nodes", request.Path);
        Assert.AreEqual("application/json", request.ContentType);
        Assert.AreEqual("application/json", request.Accept);
        string status = node.Server.LastOf("status").Body;
        Assert.AreEqual(
            "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"pico-node-1\",\"labels\":" + Labels
            + "},\"spec\":{\"taints\":[{\"key\":\"picokubelet.io/microcontroller\",\"value\":\"true\",\"effect\":\"NoSchedule\"}]}," + status.Substring(1),
            request.Body);
    }

    [TestMethod]
    public void A_server_that_keeps_the_status_of_a_new_Node_is_not_told_it_again()
    {
        NodeHarness node = new NodeHarness();
        node.Server.KeepsStatus = true;
        node.Run(1);

        Assert.AreEqual("get create create-lease", node.Server.Kinds());
        Assert.IsTrue(node.State.IsRegistered);

        // What it was told counts as reported: the next address is.
        node.Network.Address = "192.168.1.99";
        node.Run(1000);
        Assert.Contains("{\"$patch\":\"replace\"},{\"type\":\"InternalIP\",\"address\":\"192.168.1.99\"}", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_Node_that_does_not_fit_a_request_with_its_status_is_created_without()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        for (int i = 0; i < DeviceSettings.MaxLabels; i++)
        {
            settings.Labels.Set(new string('d', 180) + ".example/k" + i.ToString(), new string('v', 63));
        }

        NodeHarness node = new NodeHarness(settings);
        node.Run(1);

        Assert.AreEqual("get create status create-lease", node.Server.Kinds());
        Assert.EndsWith("\"effect\":\"NoSchedule\"}]}}", node.Server.LastOf("create").Body);
    }

    [TestMethod]
    public void The_first_status_is_whole()
    {
        NodeHarness node = NodeHarness.Registered();
        RecordedRequest request = node.Server.LastOf("status");

        Assert.AreEqual("PATCH", request.Verb);
        Assert.AreEqual("/api/v1/nodes/pico-node-1/status", request.Path);
        Assert.AreEqual(StrategicMerge, request.ContentType);
        Assert.AreEqual(Metadata, request.Accept);
        Assert.AreEqual(
            "{\"status\":{" + Conditions("2026-01-23T10:30:00Z", "2026-01-23T10:30:00Z")
            + ",\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"192.168.1.50\"},{\"type\":\"Hostname\",\"address\":\"pico-node-1\"}]"
            + ",\"capacity\":" + Resources + ",\"allocatable\":" + Resources
            + ",\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":10250}}"
            + ",\"nodeInfo\":{\"machineID\":\"0000000000000000000028cdc10abcde\",\"systemUUID\":\"00000000-0000-0000-0000-28cdc10abcde\""
            + ",\"bootID\":\"" + node.Description.BootId + "\",\"kernelVersion\":\"1.16.0.321\",\"osImage\":\".NET nanoFramework (PICO_RP2040_W)\""
            + ",\"containerRuntimeVersion\":\"nanoclr://1.16.0.321\",\"kubeletVersion\":\"v1.34.0-picokubelet.0.1.0\""
            + ",\"kubeProxyVersion\":\"v1.34.0-picokubelet.0.1.0\",\"operatingSystem\":\"linux\",\"architecture\":\"arm\"}}}",
            request.Body);
    }

    [TestMethod]
    public void Later_reports_hold_the_conditions_alone()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(320 * 1000);
        RecordedRequest request = node.Server.LastOf("status");
        string at = request.Body.Substring(request.Body.IndexOf("lastHeartbeatTime") + 20, 20);

        Assert.AreEqual("{\"status\":{" + Conditions(at, "2026-01-23T10:30:00Z") + "}}", request.Body);
        Assert.IsTrue(string.Compare(at, "2026-01-23T10:30:00Z") > 0);
    }

    [TestMethod]
    public void The_Lease_names_its_holder_and_its_owner()
    {
        NodeHarness node = NodeHarness.Registered();
        string leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
        string owner = "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"pico-node-1\",\"uid\":\"uid-1\"}]";
        string spec = "\"spec\":{\"holderIdentity\":\"pico-node-1\",\"leaseDurationSeconds\":40,\"renewTime\":\"2026-01-23T10:30:00.00";

        RecordedRequest create = node.Server.LastOf("create-lease");
        Assert.AreEqual("POST " + leases, create.Verb + " " + create.Path);
        Assert.AreEqual("application/json", create.ContentType);
        Assert.StartsWith("{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"pico-node-1\"," + owner + "}," + spec, create.Body);
        Assert.EndsWith("Z\"}}", create.Body);

        node.Boot(NodeHarness.NewSettings(), 2);
        node.Run(1);
        RecordedRequest patch = node.Server.LastOf("lease");
        Assert.AreEqual("PATCH " + leases + "/pico-node-1", patch.Verb + " " + patch.Path);
        Assert.AreEqual("application/merge-patch+json", patch.ContentType);
        Assert.AreEqual("application/vnd.kubernetes.protobuf,application/json", patch.Accept);
        Assert.StartsWith("{\"metadata\":{" + owner + ",\"managedFields\":[{}]}," + spec, patch.Body);
        Assert.EndsWith("Z\"}}", patch.Body);
    }

    [TestMethod]
    public void The_first_renewal_of_a_new_Lease_ends_its_tracking_of_fields()
    {
        NodeHarness node = NodeHarness.Registered();
        node.RunToNextRequest();
        Assert.Contains("\"managedFields\":[{}]", node.Server.Last.Body);
        Assert.Contains("\"uid\":\"uid-1\"", node.Server.Last.Body);
    }

    [TestMethod]
    public void A_renewal_is_the_time_alone()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(25000);

        RecordedRequest request = node.Server.LastOf("lease");
        Assert.StartsWith("{\"spec\":{\"renewTime\":\"2026-01-23T10:30:", request.Body);
        Assert.AreEqual(52, request.Body.Length);
        Assert.EndsWith("Z\"}}", request.Body);
    }

    [TestMethod]
    public void Settings_and_storage_override_the_boards_profile()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.Os = "nano";
        settings.Arch = "cortex";
        settings.InstanceType = "my-board";
        settings.KubeletPort = 8080;
        settings.Labels.Set("room", "kitchen");
        settings.Labels.Set("example.com/floor", "");
        NodeHarness node = new NodeHarness(settings);
        node.Storage.TotalBytes = 1500 * 1024;
        node.Boot(settings, 1);
        node.Run(1);

        Assert.Contains(
            "\"labels\":{\"kubernetes.io/hostname\":\"pico-node-1\",\"kubernetes.io/os\":\"nano\",\"kubernetes.io/arch\":\"cortex\","
            + "\"node.kubernetes.io/instance-type\":\"my-board\",\"picokubelet.io/board\":\"pico-w\",\"picokubelet.io/microcontroller\":\"true\",\"room\":\"kitchen\",\"example.com/floor\":\"\"}",
            node.Server.LastOf("create").Body);
        string status = node.Server.LastOf("status").Body;
        Assert.Contains("\"operatingSystem\":\"nano\",\"architecture\":\"cortex\"", status);
        Assert.Contains("{\"Port\":8080}", status);
        Assert.Contains("\"ephemeral-storage\":\"1500Ki\"", status);

        // As the API server gives it back.
        node.Storage.TotalBytes = 2048 * 1024;
        node.Boot(settings, 1);
        Assert.AreEqual("2Mi", node.Description.EphemeralStorage);
    }

    [TestMethod]
    public void A_node_without_a_name_has_its_MACs_last_digits()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.NodeName = null;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);

        Assert.AreEqual("pico-0abcde", node.State.NodeName);
        Assert.AreEqual("/api/v1/nodes/pico-0abcde/status", node.Server.LastOf("status").Path);
        Assert.Contains("\"holderIdentity\":\"pico-0abcde\"", node.Server.LastOf("create-lease").Body);
    }

    [TestMethod]
    public void The_largest_documents_fit()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.NodeName = new string('n', 63);
        string key = new string('k', 61) + "." + new string('k', 63) + "." + new string('k', 63) + "." + new string('k', 61);
        for (int i = 0; i < DeviceSettings.MaxLabels; i++)
        {
            settings.Labels.Set(i.ToString() + key + "/" + new string('k', 63), new string('v', 63));
        }

        NodeHarness node = new NodeHarness(settings);
        node.Board.TargetName = "ST_" + new string('X', 60);
        node.Boot(settings, 1);
        node.Run(1);

        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void Each_boot_has_its_own_id()
    {
        NodeHarness node = new NodeHarness();
        for (int boot = 1; boot < 4; boot++)
        {
            // A UUID of version 8: the boot's number, chance, and the MAC address.
            string id = node.Description.BootId;
            Assert.AreEqual(36, id.Length);
            Assert.StartsWith("0000000" + boot.ToString() + "-", id);
            Assert.AreEqual("-8", id.Substring(13, 2));
            Assert.IsTrue("89ab".IndexOf(id[19]) >= 0, id);
            Assert.EndsWith("-28cdc10abcde", id);
            node.Boot(NodeHarness.NewSettings(), 1);
            Assert.AreNotEqual(id, node.Description.BootId);
        }
    }

    [TestMethod]
    public void A_boot_has_its_own_id_though_its_number_was_lost()
    {
        NodeHarness node = new NodeHarness();
        string id = node.Description.BootId;
        node.Files.Delete("boot.json");
        node.Boot(NodeHarness.NewSettings(), 1);
        Assert.AreEqual(id.Substring(0, 8), node.Description.BootId.Substring(0, 8));
        Assert.AreNotEqual(id, node.Description.BootId);
    }

    private static string Conditions(string heartbeat, string transition)
    {
        string times = ",\"lastHeartbeatTime\":\"" + heartbeat + "\",\"lastTransitionTime\":\"" + transition + "\"";
        return "\"conditions\":["
            + "{\"type\":\"NetworkUnavailable\",\"status\":\"False\"" + times + ",\"reason\":\"NetworkConnected\",\"message\":\"the interface is up and has an address\"},"
            + "{\"type\":\"MemoryPressure\",\"status\":\"False\"" + times + ",\"reason\":\"KubeletHasSufficientMemory\",\"message\":\"enough of the managed heap is free\"},"
            + "{\"type\":\"DiskPressure\",\"status\":\"False\"" + times + ",\"reason\":\"KubeletHasNoDiskPressure\",\"message\":\"the storage takes writes\"},"
            + "{\"type\":\"PIDPressure\",\"status\":\"False\"" + times + ",\"reason\":\"KubeletHasSufficientPID\",\"message\":\"the node runs no processes\"},"
            + "{\"type\":\"ConfigurationApplied\",\"status\":\"True\"" + times + ",\"reason\":\"Defaults\",\"message\":\"the defaults are in force\"},"
            + "{\"type\":\"Ready\",\"status\":\"True\"" + times + ",\"reason\":\"KubeletReady\",\"message\":\"picokubelet is posting ready status\"}]";
    }
}
