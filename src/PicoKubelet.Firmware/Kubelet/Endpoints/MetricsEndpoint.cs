using System;
using PicoKubelet.Settings;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Http.Server;
using PicoKubelet.Inputs;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Everything that the node counts, for Prometheus. What the board can not tell is left out.</summary>
internal sealed class MetricsEndpoint : IEndpoint
{
    private const string Gauge = MetricsWriter.Gauge;
    private const string Counter = MetricsWriter.Counter;

    // 1970-01-01 in ticks of 100 ns since the year 1.
    private const long UnixEpochTicks = 621355968000000000;

    private readonly NodeVitals _vitals;
    private readonly Platform _platform;
    private readonly DeviceSettings _settings;
    private readonly BoardProfile _profile;
    private readonly BootRecord _boot;
    private readonly NodeConditions _conditions;
    private readonly Link _wifi;
    private readonly ApiStatistics _api;
    private readonly TimeKeeper _time;
    private readonly ConfigurationState _configuration;
    private readonly NodeConfiguration _inForce;
    private readonly Routes _routes;
    private readonly ServerStatistics _statistics;
    private readonly IPodProvider _pods;
    private readonly BoardInputs _inputs;
    private readonly Syslog _syslog;

    public MetricsEndpoint(
        NodeVitals vitals,
        Platform platform,
        DeviceSettings settings,
        BoardProfile profile,
        BootRecord boot,
        NodeConditions conditions,
        Link wifi,
        ApiStatistics api,
        TimeKeeper time,
        ConfigurationState configuration,
        NodeConfiguration inForce,
        Routes routes,
        ServerStatistics statistics,
        IPodProvider pods,
        BoardInputs inputs,
        Syslog syslog)
    {
        _syslog = syslog;
        _pods = pods;
        _inputs = inputs;
        _vitals = vitals;
        _platform = platform;
        _settings = settings;
        _profile = profile;
        _boot = boot;
        _conditions = conditions;
        _wifi = wifi;
        _api = api;
        _time = time;
        _configuration = configuration;
        _inForce = inForce;
        _routes = routes;
        _statistics = statistics;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        if (!_inForce.IsMetricsEnabled)
        {
            answer.Error(HttpStatus.NotFound, "metrics.enabled is false");
            return;
        }

        answer.Begin(HttpStatus.Ok, MetricsWriter.MediaType);
        MetricsWriter metrics = new MetricsWriter(answer);
        WriteNode(metrics);
        WriteWifi(metrics);
        WriteTelemetry(metrics);
        WriteConditions(metrics);
        WriteHeartbeats(metrics);
        WriteApi(metrics);
        WriteConfiguration(metrics);
        WriteRequests(metrics);
        InputMetrics.Write(metrics, _inputs);
        _pods?.WriteContainers(metrics);
        _pods?.WriteReports(metrics);
        WriteExpiration(metrics, "kubelet_certificate_manager_client_expiration_seconds", "Unix time at which the certificate that the board signs in with expires.", _settings.ClientIdentity);
        WriteExpiration(metrics, "kubelet_certificate_manager_server_expiration_seconds", "Unix time at which the certificate that the board's port shows expires.", _settings.KubeletIdentity);
        answer.End();
    }

    private void WriteNode(MetricsWriter metrics)
    {
        metrics.Single("node_memory_free_bytes", Gauge, "Free managed heap at the last heartbeat.", _vitals.State.FreeHeap);
        metrics.Single("node_memory_total_bytes", Gauge, "Size of the managed heap.", _platform.Board.GetTotalHeap());
        metrics.SingleMilli("node_uptime_seconds", Gauge, "Time since the firmware started.", _vitals.Uptime);
        metrics.SingleMilli("node_time_seconds", Gauge, "The board's clock in Unix time, 0 while it is not set.", UnixMilliseconds(_time));
        metrics.Single("node_boots_total", Counter, "Starts of the board.", _boot.Boots);
        metrics.Begin("node_boot_info", Gauge, "Why the board was started.");
        metrics.Sample("reason", _boot.LastReason, 1);
        metrics.Begin("node_restarts_total", Counter, "Starts of the board by kind of reason.");
        for (int kind = 0; kind < RestartReason.Count; kind++)
        {
            metrics.Sample("reason", RestartReason.NameOf(kind), _boot.Restarts(kind));
        }

        metrics.Single("node_safe_mode", Gauge, "Whether ConfigMap and pods are left aside, since too many starts ended at once.", _boot.IsSafe ? 1 : 0);
        if (_syslog != null)
        {
            metrics.Begin("node_syslog_messages_total", Counter, "Lines of the log by what became of them on their way to the syslog host.");
            metrics.Sample("result", "sent", _syslog.Sent);
            metrics.Sample("result", "failed", _syslog.Failed);
            metrics.Sample("result", "lost", _syslog.Lost);
        }

        metrics.Begin("kubelet_build_info", Gauge, "Version of the firmware and kind of board.");
        metrics.Sample("version", FirmwareVersion.Number, "board", _profile.Name, 1);
    }

    private static void WriteExpiration(MetricsWriter metrics, string name, string help, TlsIdentity identity)
    {
        if (identity != null)
        {
            metrics.Single(name, Gauge, help, (identity.NotAfter.Ticks - UnixEpochTicks) / TimeSpan.TicksPerSecond);
        }
    }

    private static long UnixMilliseconds(TimeKeeper time)
    {
        return time.IsSet ? (time.UtcNow.Ticks - UnixEpochTicks) / TimeSpan.TicksPerMillisecond : 0;
    }

    private void WriteWifi(MetricsWriter metrics)
    {
        metrics.Single("node_wifi_losses_total", Counter, "Times that the Wi-Fi network was lost.", _wifi.Losses);
        metrics.Single("node_wifi_second_network", Gauge, "Whether the board is in its second Wi-Fi network, or tried that one last.", _wifi.IsSecond ? 1 : 0);
        if (_wifi.Signal != 0)
        {
            metrics.Single("node_wifi_signal_dbm", Gauge, "Strength of the Wi-Fi signal when the board last looked for its network.", _wifi.Signal);
        }
    }

    private void WriteTelemetry(MetricsWriter metrics)
    {
        ITelemetry telemetry = _platform.Telemetry;
        if (telemetry == null)
        {
            return;
        }

        if (telemetry.TryGetCollections(out long collections))
        {
            metrics.Single("node_gc_runs_total", Counter, "Runs of the garbage collector.", collections);
        }

        if (telemetry.TryGetTemperature(out int milliCelsius))
        {
            metrics.SingleMilli("node_temperature_celsius", Gauge, "Temperature of the board.", milliCelsius);
        }
    }

    private void WriteConditions(MetricsWriter metrics)
    {
        metrics.Begin("kubelet_node_condition", Gauge, "Conditions of the Node: 1 where one holds, 0 where not.");
        NodeConditions conditions = _conditions;
        for (int i = 0; i < conditions.Count; i++)
        {
            Condition condition = conditions.Get(i);
            if (condition.Status != null)
            {
                metrics.Sample("type", condition.Type, condition.Status == Condition.True ? 1 : 0);
            }
        }
    }

    private void WriteHeartbeats(MetricsWriter metrics)
    {
        HeartbeatStatistics leases = _vitals.State.Leases;
        HeartbeatStatistics statuses = _vitals.State.Statuses;
        metrics.Single("kubelet_node_registered", Gauge, "Whether the Node is registered.", _vitals.State.IsRegistered ? 1 : 0);
        metrics.Begin("kubelet_heartbeats_total", Counter, "Heartbeats by kind and result.");
        WriteCounts(metrics, leases);
        WriteCounts(metrics, statuses);
        metrics.Begin("kubelet_heartbeat_duration_seconds", MetricsWriter.Summary, "Time from a heartbeat's request to the end of its reply.");
        WriteDurations(metrics, leases);
        WriteDurations(metrics, statuses);
        metrics.Begin("kubelet_heartbeat_last_duration_seconds", Gauge, "Time that the last heartbeat took.");
        metrics.SampleMilli(null, "kind", leases.Kind, leases.LastMilliseconds);
        metrics.SampleMilli(null, "kind", statuses.Kind, statuses.LastMilliseconds);
        long age = _vitals.HeartbeatAge;
        if (age >= 0)
        {
            metrics.SingleMilli("kubelet_heartbeat_age_seconds", Gauge, "Time since the API server took a heartbeat.", age);
        }
    }

    private static void WriteCounts(MetricsWriter metrics, HeartbeatStatistics heartbeats)
    {
        metrics.Sample("kind", heartbeats.Kind, "result", "sent", heartbeats.Sent);
        metrics.Sample("kind", heartbeats.Kind, "result", "failed", heartbeats.Failed);
    }

    private static void WriteDurations(MetricsWriter metrics, HeartbeatStatistics heartbeats)
    {
        metrics.SampleMilli("_sum", "kind", heartbeats.Kind, heartbeats.TotalMilliseconds);
        metrics.SampleCount("kind", heartbeats.Kind, heartbeats.Sent + heartbeats.Failed);
    }

    private void WriteApi(MetricsWriter metrics)
    {
        ApiStatistics api = _api;
        ReplyCounts replies = api.Replies;

        // The name and the labels that client-go gives it.
        metrics.Begin("rest_client_requests_total", Counter, "Requests to the API server by method and status code.");
        for (int i = 0; i < replies.PairCount; i++)
        {
            WriteReplies(metrics, ReplyCounts.MethodName(replies.Asked(i)), replies.Code(i), replies.Count(i));
        }

        if (replies.Others > 0)
        {
            metrics.Sample("method", "other", "code", "other", replies.Others);
        }

        metrics.Single("kubelet_api_connections_total", Counter, "Connections that were opened to the API server.", api.Connections);
        metrics.Single("kubelet_api_sent_bytes_total", Counter, "Bytes of HTTP sent to the API server.", api.BytesSent);
        metrics.Single("kubelet_api_received_bytes_total", Counter, "Bytes of HTTP received from the API server.", api.BytesReceived);
    }

    private static void WriteReplies(MetricsWriter metrics, string method, int code, int count)
    {
        if (code > 0)
        {
            metrics.Sample("method", method, "code", code, count);
        }
        else
        {
            metrics.Sample("method", method, "code", "<error>", count);
        }
    }

    private void WriteConfiguration(MetricsWriter metrics)
    {
        ConfigurationState configuration = _configuration;
        metrics.Begin("kubelet_configmap_polls_total", Counter, "Times that the ConfigMap was asked for, by result.");
        metrics.Sample("result", "read", configuration.Polls - configuration.PollsFailed);
        metrics.Sample("result", "failed", configuration.PollsFailed);

        // resourceVersions are opaque; the API server's are numbers all the same. One that is not is only on /pico/status.
        if (configuration.AppliedVersion != null && long.TryParse(configuration.AppliedVersion, out long version))
        {
            metrics.Single("kubelet_configmap_applied_version", Gauge, "resourceVersion of the ConfigMap in force.", version);
        }
    }

    private void WriteRequests(MetricsWriter metrics)
    {
        metrics.Begin("kubelet_http_requests_total", Counter, "Requests to the kubelet's port by endpoint and status code.");
        ReplyCounts requests = _statistics.Requests;
        for (int i = 0; i < requests.PairCount; i++)
        {
            metrics.Sample("endpoint", _routes.NameOf(requests.Asked(i)), "code", requests.Code(i), requests.Count(i));
        }

        if (requests.Others > 0)
        {
            metrics.Sample("endpoint", _routes.NameOf(_routes.Count), "code", "other", requests.Others);
        }

        metrics.Single("kubelet_http_connections", Gauge, "Connections in service.", _statistics.InService);
        metrics.Single("kubelet_http_connections_accepted_total", Counter, "Connections that were taken.", _statistics.Accepted);
        metrics.Begin("kubelet_http_connections_aborted_total", Counter, "Connections that ended before their answer, by reason.");
        metrics.Sample("reason", "timeout", _statistics.TimedOut);
        metrics.Sample("reason", "displaced", _statistics.Displaced);
        metrics.Sample("reason", "broken", _statistics.Failed);
        metrics.Sample("reason", "handshake", _statistics.HandshakesFailed);
        metrics.Single("kubelet_authentication_failures_total", Counter, "Requests with a wrong token, or without one where one is needed.", _statistics.AuthenticationFailures);
    }
}
