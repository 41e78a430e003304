using nanoFramework.TestFramework;
using PicoKubelet.Node;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Node;

/// <summary>A node's life.</summary>
[TestClass]
public class NodeControllerTests
{
    private const int Minute = 60 * 1000;

    [TestMethod]
    public void Without_a_network_nothing_is_tried()
    {
        NodeHarness node = new NodeHarness();
        node.Network.Address = null;
        node.Run(Minute);
        Assert.AreEqual(0, node.Server.Connects);
        Assert.AreEqual(0, node.Source.Calls);
        Assert.IsTrue(node.Network.Connects > 6 && node.Network.Connects < 20, node.Network.Connects.ToString());
        Assert.IsNull(node.State.Address);
        Assert.IsTrue(node.Node.IsHealthy);

        node.Network.AddressOnConnect = "10.0.0.7";
        node.Run(9000);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.AreEqual("10.0.0.7", node.State.Address);
    }

    [TestMethod]
    public void Without_the_time_nothing_is_sent_that_has_one()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Run(5 * Minute);
        Assert.IsFalse(node.State.IsRegistered);
        Assert.AreEqual(node.Server.Count, node.Server.CountOf("version"));
        Assert.IsTrue(node.Server.Count > 5 && node.Server.Count < 30, node.Server.Count.ToString());

        node.Source.HasTime = true;
        node.Run(31000);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void Boards_whose_power_comes_back_together_come_back_one_after_the_other()
    {
        const int Boards = 200;
        int[] perSecond = new int[5];
        for (int seed = 0; seed < Boards; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Node.StartSpread = 5000;
            long wait = node.RunToNextRequest();
            Assert.IsTrue(wait > 0 && wait <= 5000, wait.ToString());
            perSecond[(wait - 1) / 1000]++;
        }

        foreach (int count in perSecond)
        {
            // 40 each on average.
            Assert.IsTrue(count > 15 && count < 75, count.ToString());
        }
    }

    [TestMethod]
    public void The_spread_of_the_start_begins_with_the_network()
    {
        NodeHarness node = new NodeHarness();
        node.Node.StartSpread = 5000;
        node.Network.Address = null;
        node.Run(60 * 1000);
        Assert.AreEqual(5000, node.Node.StartSpread);

        node.Network.Address = "192.168.1.50";
        node.Run(8000 + 5001);
        Assert.AreEqual(0, node.Node.StartSpread);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    public void The_api_servers_Date_will_do()
    {
        NodeHarness node = new NodeHarness();
        node.Source.HasTime = false;
        node.Server.Date = "Sat, 24 Jan 2026 01:02:03 GMT";

        node.Run(1);

        Assert.AreEqual("version get create status create-lease", node.Server.Kinds());
        Assert.Contains("\"lastHeartbeatTime\":\"2026-01-24T01:02:03Z\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void Between_reports_there_are_Leases_alone()
    {
        NodeHarness node = NodeHarness.Registered();

        // The first of each kind come at a time of their own.
        node.Run(5 * Minute);
        int from = node.Server.Count;
        long last = node.Server.LastOf("lease").At;
        long lastStatus = node.Server.LastOf("status").At;
        int statuses = 0;
        bool varies = false;
        string lastTime = "";
        node.Run(60 * Minute);
        for (int i = from; i < node.Server.Count; i++)
        {
            RecordedRequest request = node.Server.Get(i);
            if (request.Kind == "status")
            {
                long since = request.At - lastStatus;
                Assert.IsTrue(since >= 5 * Minute && since <= (5 * Minute) + 12000 + 10400, since.ToString());
                lastStatus = request.At;
                statuses++;
                continue;
            }

            Assert.AreEqual("lease", request.Kind);
            long interval = request.At - last;
            Assert.IsTrue(interval >= 10000 && interval <= 10400, interval.ToString());
            varies |= interval != 10000 && interval != 10400;
            last = request.At;
            Assert.IsTrue(string.Compare(request.Body, lastTime) > 0);
            lastTime = request.Body;
        }

        Assert.IsTrue(varies);
        Assert.IsTrue(statuses >= 10, statuses.ToString());
        Assert.AreEqual(1, node.Server.Connects);
        Assert.AreEqual(1, node.Source.Calls);
        Assert.AreEqual(0L, node.State.HeartbeatsFailed);

        // Nothing is logged in the normal course of things.
        Assert.AreEqual(4, node.Log.Count);
    }

    [TestMethod]
    [DataRow(1, 1000, 1040)]
    [DataRow(20, 20000, 20800)]
    public void The_cadence_is_a_setting(int leaseSeconds, int shortest, int longest)
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.LeaseSeconds = leaseSeconds;
        settings.StatusSeconds = 3600;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);
        node.RunToNextRequest();
        for (int i = 0; i < 20; i++)
        {
            long before = node.Server.Last.At;
            node.RunToNextRequest();
            long interval = node.Server.Last.At - before;
            Assert.IsTrue(interval >= shortest && interval <= longest, interval.ToString());
        }
    }

    [TestMethod]
    public void A_change_is_reported_with_the_next_heartbeat()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Storage.IsHealthy = false;
        node.Run(10400);
        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"DiskPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
        Assert.DoesNotContains("addresses", node.Server.LastOf("status").Body);

        from = node.Server.Count;
        node.Board.FreeHeap = 7000;
        node.Run(10400);
        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"MemoryPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
        Assert.IsTrue(node.State.IsReady);
    }

    [TestMethod]
    public void A_change_whose_report_fails_is_reported_again()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Storage.IsHealthy = false;
        node.Server.Answer("status", Replies.Failure("500 Oops", "InternalError", "m"));
        node.Run(11000);
        node.Server.Answer("status", null);
        int from = node.Server.Count;
        node.Run(8000);

        Assert.StartsWith("status lease", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"DiskPressure\",\"status\":\"True\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_sick_device_says_so_and_falls_silent()
    {
        NodeHarness node = NodeHarness.Registered();
        Assert.IsTrue(node.Node.IsHealthy);
        int from = node.Server.Count;
        node.Board.FreeHeap = 3000;
        node.Run(4 * Minute);
        Assert.AreEqual("status", node.Server.Kinds(from));
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"False\"", node.Server.Last.Body);
        Assert.Contains("{\"type\":\"MemoryPressure\",\"status\":\"True\"", node.Server.Last.Body);
        Assert.IsFalse(node.Node.IsHealthy);
        Assert.IsFalse(node.State.IsReady);
        Assert.AreEqual(3000L, node.State.FreeHeap);

        from = node.Server.Count;
        node.Board.FreeHeap = 40000;
        node.Run(11000);
        Assert.StartsWith("status lease get", node.Server.Kinds(from));
        Assert.IsTrue(node.Node.IsHealthy);
        Assert.IsTrue(node.State.IsReady);
        Assert.IsTrue(node.State.IsRegistered);
        Assert.Contains("{\"type\":\"Ready\",\"status\":\"True\"", node.Server.LastOf("status").Body);
    }

    [TestMethod]
    public void A_new_address_is_reported_at_once()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(3000);
        int from = node.Server.Count;
        node.Network.Address = "192.168.1.99";
        node.Run(1000);

        Assert.AreEqual("status lease", node.Server.Kinds(from));
        Assert.Contains("\"addresses\":[{\"$patch\":\"replace\"},{\"type\":\"InternalIP\",\"address\":\"192.168.1.99\"},{\"type\":\"Hostname\",\"address\":\"pico-node-1\"}]", node.Server.LastOf("status").Body);
        Assert.AreEqual("192.168.1.99", node.State.Address);

        from = node.Server.Count;
        node.Run(9000);
        Assert.AreEqual("", node.Server.Kinds(from));
    }

    [TestMethod]
    public void A_new_address_does_not_make_a_storm_where_its_report_fails()
    {
        NodeHarness node = NodeHarness.Registered();
        int from = node.Server.Count;
        node.Server.Answer("status", Replies.Failure("429 Too Many Requests", "TooManyRequests", "m", "{\"retryAfterSeconds\":30}"));
        node.Network.Address = "192.168.1.99";
        node.Run(29000);
        Assert.AreEqual("status", node.Server.Kinds(from));

        node.Server.Answer("status", null);
        node.Run(5000);
        Assert.Contains("192.168.1.99", node.Server.LastOf("status").Body);
    }

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
    public void A_sick_device_falls_silent_in_this_mode_too()
    {
        DeviceSettings settings = NodeHarness.NewSettings();
        settings.HeartbeatMode = HeartbeatMode.Status;
        NodeHarness node = new NodeHarness(settings);
        node.Run(1);
        int from = node.Server.Count;
        node.Board.FreeHeap = 3000;
        node.Run(4 * Minute);

        Assert.AreEqual("status", node.Server.Kinds(from));
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
    public void After_a_success_waits_begin_anew()
    {
        NodeHarness node = NodeHarness.Registered();
        for (int i = 0; i < 2; i++)
        {
            node.Server.IsDown = true;
            node.Run(5 * Minute);
            node.Server.IsDown = false;
            node.Run(10000);
        }

        int from = node.Server.Count;
        node.Server.Everything = Replies.Failure("500 Oops", "InternalError", "m");
        node.Run(20000);
        Assert.IsTrue(node.Server.Get(from + 1).At - node.Server.Get(from).At <= 100);
    }

    [TestMethod]
    [DataRow("401 Unauthorized", "Unauthorized")]
    [DataRow("403 Forbidden", "Forbidden")]
    [DataRow("422 Unprocessable Entity", "Invalid")]
    [DataRow("406 Not Acceptable", "NotAcceptable")]
    public void What_a_person_must_mend_is_tried_slowly_and_for_ever(string status, string reason)
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = Replies.Failure(status, reason, "call somebody");
        int from = node.Server.Count;
        node.Run(60 * Minute);
        int requests = node.Server.Count - from;
        Assert.IsTrue(requests > 60 && requests < 140, requests.ToString());
        Assert.AreEqual(status.Substring(0, 3) + " " + reason + ": call somebody", node.State.LastError);
        Assert.IsTrue(node.Log.CountOf("call somebody") <= 3);
        Assert.AreEqual(0, node.Board.Reboots);
        Assert.DoesNotContains(ApiHarness.Token, node.Log.Text);

        node.Server.Everything = null;
        node.Run(Minute + 1000);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
    }

    [TestMethod]
    [DataRow("429 Too Many Requests", "Retry-After: 25\r\n", "{}")]
    [DataRow("429 Too Many Requests", "", "{\"retryAfterSeconds\":25}")]
    [DataRow("503 Service Unavailable", "Retry-After: 25\r\n", "{}")]
    public void A_server_that_asks_to_wait_is_obeyed(string status, string header, string details)
    {
        NodeHarness node = new NodeHarness();
        node.Server.Everything = Replies.Failure(status, "TooManyRequests", "later", details, header);
        node.Run(10 * Minute);

        for (int i = 1; i < node.Server.Count; i++)
        {
            long since = node.Server.Get(i).At - node.Server.Get(i - 1).At;
            // And longer by what keeps boards apart that were asked at the same time.
            Assert.IsTrue(since >= 25000 && since <= 46000, since.ToString());
        }

        Assert.IsTrue(node.Server.Count > 13);
    }

    [TestMethod]
    public void A_wait_that_the_Lease_does_not_outlive_is_cut_once_and_told()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Run(Minute);
        node.Server.Everything = Replies.Failure("429 Too Many Requests", "TooManyRequests", "later", "{}", "Retry-After: 300\r\n");
        int from = node.Server.Count;
        long last = node.State.LastHeartbeat;
        node.Run(10 * Minute);

        // When it was due, once more while the node is still Ready, and from then on as the server asks.
        Assert.IsTrue(node.Server.Get(from + 1).At <= last + 31000, (node.Server.Get(from + 1).At - last).ToString());
        Assert.IsTrue(node.Server.Get(from + 2).At - node.Server.Get(from + 1).At >= 300000);
        Assert.AreEqual(3, node.Server.Count - from);
        Assert.AreEqual(1, node.Log.CountOf("asks to wait 300 s, longer than a node stays Ready"));
        Assert.Contains("asks to wait 300 s", node.State.LastError);
    }

    [TestMethod]
    public void After_an_outage_the_heartbeats_are_drawn_anew()
    {
        int early = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            NodeHarness node = new NodeHarness();
            node.Boot(NodeHarness.NewSettings(), seed);
            node.Run(Minute);
            node.Server.IsDown = true;
            node.Run(12000);
            node.Server.IsDown = false;
            while (node.State.LastError != null)
            {
                node.Clock.Advance(node.Node.Step());
            }

            long back = node.Server.LastOf("lease").At;
            int leases = node.Server.CountOf("lease");
            while (node.Server.CountOf("lease") == leases)
            {
                node.Clock.Advance(node.Node.Step());
            }

            early += node.Server.LastOf("lease").At - back < 5000 ? 1 : 0;
        }

        // Half of them on average.
        Assert.IsTrue(early > 10 && early < 30, early.ToString());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_api_server_that_fails_is_not_stormed(bool wasRegistered)
    {
        NodeHarness node = wasRegistered ? NodeHarness.Registered() : new NodeHarness();
        int from = node.Server.Count;
        node.Server.Everything = Replies.Failure("500 Oops", "InternalError", "m");
        node.Run(5 * Minute);

        // 7 s at most between retries, 3.5 s at least once they are that long; before the registration 20 s and 10 s.
        int requests = node.Server.Count - from;
        Assert.IsTrue(wasRegistered ? requests >= 40 && requests <= 95 : requests >= 18 && requests <= 40, requests.ToString());
    }

    [TestMethod]
    public void Waits_between_retries_grow_from_100_ms_to_7_s()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        AssertWaits(node, new int[] { 100, 200, 400, 800, 1600, 3200, 6400, 7000, 7000 });
    }

    [TestMethod]
    public void Before_the_registration_they_grow_to_20_s()
    {
        NodeHarness node = new NodeHarness();
        node.Server.IsDown = true;
        AssertWaits(node, new int[] { 100, 200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000 });
    }

    [TestMethod]
    public void An_api_server_that_comes_back_is_found_within_its_longest_wait()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.IsDown = true;
        node.Run(10 * Minute);
        Assert.AreEqual("unreachable: connect: refused", node.State.LastError);
        Assert.AreEqual(0, node.Server.OpenConnections);

        node.Server.IsDown = false;
        node.Run(7000);
        Assert.IsNull(node.State.LastError);
        Assert.IsTrue(node.State.IsRegistered);
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
    public void A_lost_network_closes_the_connection_and_a_new_one_goes_on()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Network.Address = null;
        node.Run(5000);
        Assert.AreEqual(0, node.Server.OpenConnections);
        Assert.IsNull(node.State.Address);

        node.Network.AddressOnConnect = "192.168.1.50";
        int from = node.Server.Count;
        node.Run(10000);
        Assert.StartsWith("status lease", node.Server.Kinds(from));
        Assert.AreEqual(2, node.Server.Connects);
        Assert.AreEqual(1, node.Server.OpenConnections);
    }

    [TestMethod]
    public void A_server_that_closes_the_connection_each_time_is_not_noticed()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Answer("lease", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        node.Run(Minute);

        Assert.AreEqual(0L, node.State.HeartbeatsFailed);
        Assert.IsTrue(node.Server.OpenConnections <= 1);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":tr")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 70\r\n\r\n{\"a\":tr")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")]
    [DataRow("\0\u0001\u0002garbage\r\n\r\n")]
    [DataRow("")]
    public void Nonsense_is_a_failure_that_is_tried_again(string reply)
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = reply;
        node.Run(2 * Minute);
        Assert.IsTrue(node.State.HeartbeatsFailed > 10 && node.State.HeartbeatsFailed < 50, node.State.HeartbeatsFailed.ToString());
        Assert.AreEqual(0, node.Server.OpenConnections);
        Assert.IsTrue(node.Log.Count < 10);

        node.Server.Everything = null;
        node.Run(8000);
        Assert.IsNull(node.State.LastError);
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

    [TestMethod]
    public void The_token_is_nowhere_but_in_its_header()
    {
        NodeHarness node = NodeHarness.Registered();
        node.Server.Everything = Replies.Failure("401 Unauthorized", "Unauthorized", "Unauthorized");
        node.Run(Minute);
        node.Server.Everything = "";
        node.Run(Minute);

        Assert.DoesNotContains(ApiHarness.Token, node.Log.Text);
        for (int i = 0; i < node.Server.Count; i++)
        {
            Assert.DoesNotContains(ApiHarness.Token, node.Server.Get(i).Body + node.Server.Get(i).Path);
        }
    }

    private static void AssertWaits(NodeHarness node, int[] bounds)
    {
        while (node.State.LastError == null)
        {
            node.Clock.Advance(1);
            node.Node.Step();
        }

        int first = node.Server.Connects - 1;
        for (int i = 0; i < bounds.Length; i++)
        {
            long start = node.Clock.Milliseconds;
            RunToNextConnect(node, first + 1 + i);
            long wait = node.Clock.Milliseconds - start;
            Assert.IsTrue(wait >= bounds[i] / 2 && wait <= bounds[i], wait.ToString());
        }
    }

    private static void RunToNextConnect(NodeHarness node, int before)
    {
        while (node.Server.Connects == before)
        {
            node.Clock.Advance(1);
            node.Node.Step();
        }
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
