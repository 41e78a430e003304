using System;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Node;
using nanoFramework.TestFramework;

namespace PicoKubelet.Tests.Kubelet;

[TestClass]
public class EndpointTests
{
    [TestMethod]
    public void Health_is_a_word_or_in_full()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Node.Clock.Advance(12000);

        Assert.AreEqual("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", kubelet.Get("/healthz"));
        Assert.AreEqual("ok", KubeletHarness.BodyOf(kubelet.Get("/livez")));
        Assert.AreEqual(
            "{\"status\":\"ok\",\"checks\":{\"wifi\":\"ok\",\"k8s_api\":\"ok\",\"memory\":\"ok\",\"uptime\":12}}",
            KubeletHarness.BodyOf(kubelet.Get("/healthz?verbose=1")));

        kubelet.Node.Clock.Advance(60000);

        Assert.AreEqual(
            "{\"status\":\"degraded\",\"checks\":{\"wifi\":\"ok\",\"k8s_api\":\"no heartbeat in 60 s\",\"memory\":\"ok\",\"uptime\":72}}",
            KubeletHarness.BodyOf(kubelet.Get("/healthz?x&verbose")));
        Assert.AreEqual("ok", KubeletHarness.BodyOf(kubelet.Get("/healthz?verbose=0&noverbose=1")));
    }

    [TestMethod]
    public void The_clock_is_zero_until_it_is_set()
    {
        KubeletHarness kubelet = new KubeletHarness(new NodeHarness());

        Assert.Contains("\nnode_time_seconds 0.000\n", Body(kubelet, "/metrics"));
    }

    [TestMethod]
    public void Readiness_says_what_is_missing()
    {
        KubeletHarness kubelet = new KubeletHarness(new NodeHarness());

        Assert.AreEqual(
            "{\"error\":\"missing: Wi-Fi, time, registered, a heartbeat in the last 60 s\",\"code\":503}",
            KubeletHarness.BodyOf(kubelet.Get("/readyz")));

        kubelet.Node.Run(1);

        Assert.AreEqual("ok", KubeletHarness.BodyOf(kubelet.Get("/readyz")));

        kubelet.Node.Clock.Advance(60001);

        string answer = kubelet.Get("/readyz");
        Assert.AreEqual(503, KubeletHarness.StatusOf(answer));
        Assert.AreEqual("{\"error\":\"missing: a heartbeat in the last 60 s\",\"code\":503}", KubeletHarness.BodyOf(answer));
    }

    [TestMethod]
    public void Errors_are_JSON()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.AreEqual(
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 32\r\nConnection: close\r\n\r\n{\"error\":\"not found\",\"code\":404}",
            kubelet.Get("/nowhere"));
        Assert.Contains("\r\nAllow: GET, HEAD\r\n", kubelet.Serve("DELETE /pods HTTP/1.0\r\n\r\n"));
        Assert.AreEqual(501, KubeletHarness.StatusOf(kubelet.Serve("POST /exec/ns/pod/c?command=sh HTTP/1.0\r\n" + KubeletHarness.Authorization + "\r\n")));
        Assert.AreEqual(404, KubeletHarness.StatusOf(kubelet.Get("/execute", KubeletHarness.Authorization)));
    }

    [TestMethod]
    [DataRow("/healthz")]
    [DataRow("/readyz")]
    [DataRow("/pods")]
    [DataRow("/metrics")]
    [DataRow("/configz")]
    [DataRow("/pico/status")]
    [DataRow("/nowhere")]
    public void HEAD_is_GET_without_a_body(string path)
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string get = kubelet.Get(path, KubeletHarness.Authorization);
        string head = kubelet.Serve("HEAD " + path + " HTTP/1.1\r\n" + KubeletHarness.Host + KubeletHarness.Authorization + "\r\n");

        Assert.AreEqual(get.Substring(0, get.IndexOf("\r\n\r\n") + 4), head);
    }

    [TestMethod]
    public void What_is_long_comes_in_chunks_or_until_the_close()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Context.Cells[0] = 0x42;
        for (int i = 1; i < 1024; i++)
        {
            kubelet.Context.Cells[i] = 7;
        }

        string chunked = kubelet.Get("/pico/memory", KubeletHarness.Authorization);
        string untilClose = kubelet.Serve("GET /pico/memory HTTP/1.0\r\n" + KubeletHarness.Authorization + "\r\n");
        string body = KubeletHarness.BodyOf(chunked);

        Assert.Contains("\r\nTransfer-Encoding: chunked\r\n", chunked);
        Assert.DoesNotContains("Transfer-Encoding", untilClose);
        Assert.DoesNotContains("Content-Length", untilClose);
        Assert.AreEqual(body, KubeletHarness.BodyOf(untilClose));
        Assert.StartsWith("{\"cells\":1024,\"values\":{\"0\":\"0x42\",\"1\":\"0x07\",", body);
        Assert.EndsWith(",\"1023\":\"0x07\"}}", body);
    }

    [TestMethod]
    public void The_status_tells_how_the_WiFi_fares()
    {
        NodeHarness node = new NodeHarness();
        node.Network.Address = null;
        node.Network.Ssid = "my \"net";
        node.Network.Signal = -61;
        node.Network.Result = JoinResult.NoAnswer;
        node.Run(1);
        KubeletHarness kubelet = new KubeletHarness(node);
        node.Clock.Advance(4999);
        Assert.Contains(
            "\"wifi\":{\"state\":\"waiting\",\"state_seconds\":5,\"failure\":\"wrong password\",\"last_failure\":null,\"ssid\":\"my \\\"net\","
            + "\"address\":null,\"signal_dbm\":-61,\"signal_age_seconds\":5,\"joins\":0,\"losses\":0},\"registered\":false",
            Body(kubelet, "/pico/status"));
        Assert.Contains("\nnode_wifi_signal_dbm -61\n", Body(kubelet, "/metrics"));

        node.Network.Address = "192.168.1.50";
        node.Run(1);
        Assert.Contains(
            "\"wifi\":{\"state\":\"connected\",\"state_seconds\":0,\"failure\":null,\"last_failure\":\"wrong password\",\"ssid\":\"my \\\"net\","
            + "\"address\":\"192.168.1.50\",\"signal_dbm\":-61,\"signal_age_seconds\":5,\"joins\":1,\"losses\":0}",
            Body(kubelet, "/pico/status"));

        node.Network.Address = null;
        node.Run(1);
        Assert.Contains("\nnode_wifi_losses_total 1\n", Body(kubelet, "/metrics"));
    }

    [TestMethod]
    public void A_network_that_was_not_seen_has_no_signal()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.Contains("\"signal_dbm\":null,\"signal_age_seconds\":null", Body(kubelet, "/pico/status"));
        Assert.IsFalse(Body(kubelet, "/metrics").Contains("node_wifi_signal_dbm"));
    }

    [TestMethod]
    public void The_longest_name_of_a_network_has_room_in_the_answer()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Node.Network.Address = null;
        kubelet.Node.Network.Ssid = new string('\u0001', 32);
        kubelet.Node.Network.Result = JoinResult.NoAnswer;
        kubelet.Node.Run(60000);

        Assert.Contains("\\u0001\",\"address\":null", Body(kubelet, "/pico/status"));
    }

    [TestMethod]
    public void Uptime_knows_nothing_of_the_time_of_day()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Node.Clock.Advance(7000);
        kubelet.Node.Time.Set(new DateTime(2031, 1, 1, 0, 0, 0));
        Assert.Contains("\"uptime_seconds\":7,", Body(kubelet, "/pico/status"));
        kubelet.Node.Time.Set(new DateTime(2025, 1, 1, 0, 0, 0));
        Assert.Contains("\"uptime_seconds\":7,", Body(kubelet, "/pico/status"));
        Assert.Contains("\nnode_uptime_seconds 7.000\n", Body(kubelet, "/metrics"));
    }

    [TestMethod]
    public void The_documents_have_what_their_readers_look_for()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();

        Assert.AreEqual("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}", Body(kubelet, "/pods"));
        Assert.StartsWith("{\"num_cores\":1,\"cpu_frequency_khz\":133000,\"memory_capacity\":262144,\"machine_id\":\"", Body(kubelet, "/spec"));
        Assert.Contains("\"memory\":{\"time\":\"2026-01-23T10:30:00Z\",\"availableBytes\":40000,\"usageBytes\":24000,\"workingSetBytes\":24000}", Body(kubelet, "/stats/summary"));
        Assert.Contains("\nnode_memory_working_set_bytes 24000\n", Body(kubelet, "/metrics/resource"));
        Assert.Contains("\nscrape_error 0\n", Body(kubelet, "/metrics/resource"));
        Assert.Contains("\"boots\":1,\"boot_reason\":\"power on or reset\",", Body(kubelet, "/pico/status"));
        Assert.Contains("\"temperature_celsius\":null,\"memory\":{\"free_bytes\":40000,\"total_bytes\":64000},\"restarts\":{\"unexpected\":1},\"wifi\":{", Body(kubelet, "/pico/status"));
        Assert.AreEqual("{\"led\":{\"present\":true,\"on\":false},\"pins\":[],\"inputs\":[],\"sensors\":[],\"pwm\":[]}", Body(kubelet, "/pico/gpio"));
    }

    [TestMethod]
    public void Metrics_count_what_happened()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        kubelet.Get("/healthz");
        kubelet.Get("/healthz");
        kubelet.Get("/pods");
        kubelet.Get("/one-of-many");
        kubelet.Get("/another");

        string metrics = Body(kubelet, "/metrics");

        Assert.Contains("\nnode_memory_free_bytes 40000\n", metrics);
        Assert.Contains("\nnode_uptime_seconds 0.000\n", metrics);
        Assert.Contains("\nnode_time_seconds 1769164200.001\n", metrics);
        Assert.Contains("\nnode_boots_total 1\n", metrics);
        Assert.Contains("\nnode_boot_info{reason=\"power on or reset\"} 1\n", metrics);
        Assert.Contains("\nnode_restarts_total{reason=\"unexpected\"} 1\nnode_restarts_total{reason=\"command\"} 0\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"/healthz\",code=\"200\"} 2\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"/pods\",code=\"401\"} 1\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"other\",code=\"404\"} 2\n", metrics);
        Assert.Contains("\nkubelet_heartbeats_total{kind=\"lease\",result=\"sent\"} 1\n", metrics);
        Assert.Contains("\nkubelet_node_condition{type=\"Ready\"} 1\n", metrics);
        Assert.Contains("\nrest_client_requests_total{method=\"POST\",code=\"201\"} ", metrics);
        Assert.DoesNotContains("another", metrics);
        Assert.DoesNotContains("node_temperature_celsius", metrics);
    }

    [TestMethod]
    public void Requests_that_find_no_place_in_the_table_are_counted_together()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string[] reads = { "/healthz", "/livez", "/readyz", "/pods", "/metrics/resource", "/stats/summary", "/spec", "/configz", "/pico/status", "/pico/memory", "/pico/gpio" };
        for (int i = 0; i < reads.Length; i++)
        {
            kubelet.Get(reads[i], KubeletHarness.Authorization);
            kubelet.Serve("DELETE " + reads[i] + " HTTP/1.0\r\n\r\n");
            kubelet.Get(reads[i], KubeletHarness.Authorization + "Content-Length: 1025\r\n");
            kubelet.Get(reads[i], KubeletHarness.Authorization + "Expect: tea\r\n");
        }

        string[] commands = { "/exec", "/run", "/attach", "/portForward", "/containerLogs" };
        for (int i = 0; i < commands.Length; i++)
        {
            kubelet.Get(commands[i], KubeletHarness.Authorization);
            kubelet.Get(commands[i], KubeletHarness.Authorization + "Content-Length: 1025\r\n");
            kubelet.Get(commands[i]);
        }

        // 33 pairs of what is read, one of all that was refused before its route was known, and 15 of commands.
        kubelet.Get(commands[4]);
        kubelet.Get("/pods", KubeletHarness.Authorization);

        string metrics = Body(kubelet, "/metrics");

        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"/pico/gpio\",code=\"413\"} 1\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"/pods\",code=\"200\"} 2\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"other\",code=\"417\"} 11\n", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"/containerLogs\",code=\"413\"} 1\n", metrics);
        Assert.DoesNotContains("{endpoint=\"/containerLogs\",code=\"401\"}", metrics);
        Assert.Contains("\nkubelet_http_requests_total{endpoint=\"other\",code=\"other\"} 2\n", metrics);
    }

    [TestMethod]
    public void The_longest_texts_fit_the_pieces_of_an_answer()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string label = new string('n', 50) + ".";
        string name = label + label + label + label + "node";
        kubelet.Context.Settings.ApiServer = ApiEndpoint.Parse("https://" + name + ":65535");
        kubelet.Context.Settings.ConfigMapNamespace = new string('s', 63);
        kubelet.Context.Settings.ConfigMapName = name;
        kubelet.Context.Settings.NtpServer = name;

        string configuration = Body(kubelet, "/configz");
        string error = KubeletHarness.BodyOf(kubelet.Command("{\"command\":\"set_pin\",\"params\":{\"" + Repeat("\\u0001", 60) + "\":1}}"));

        Assert.Contains("\"host\":\"" + name + "\",\"port\":65535,", configuration);
        Assert.Contains("\"name\":\"" + name + "\"}", configuration);
        Assert.Contains("\"ntpServer\":\"" + name + "\"", configuration);
        Assert.AreEqual("{\"error\":\"params." + Repeat("\\u0001", 60) + ": is not known\",\"code\":400}", error);
    }

    [TestMethod]
    public void Nothing_that_is_served_holds_a_secret()
    {
        KubeletHarness kubelet = KubeletHarness.Registered();
        string all = Body(kubelet, "/configz") + Body(kubelet, "/pico/status") + Body(kubelet, "/metrics");

        Assert.DoesNotContains(KubeletHarness.Token, all);
        Assert.DoesNotContains(NodeHarness.NewSettings().Token, all);
        Assert.Contains("\"tokenSet\":true", all);
    }

    private static string Repeat(string text, int count)
    {
        string repeated = "";
        for (int i = 0; i < count; i++)
        {
            repeated += text;
        }

        return repeated;
    }

    private static string Body(KubeletHarness kubelet, string path)
    {
        string answer = kubelet.Get(path, KubeletHarness.Authorization);
        Assert.AreEqual(200, KubeletHarness.StatusOf(answer), path);
        return KubeletHarness.BodyOf(answer);
    }
}
