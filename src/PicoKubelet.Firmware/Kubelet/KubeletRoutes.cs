using PicoKubelet.Http.Server;
using PicoKubelet.Kubelet.Commands;
using PicoKubelet.Kubelet.Endpoints;
using PicoKubelet.Logging;

namespace PicoKubelet.Kubelet;

/// <summary>What the kubelet's port serves.</summary>
internal sealed class KubeletRoutes : Routes
{
    private readonly KubeletParts _parts;
    private readonly NodeVitals _vitals;
    private readonly ServerStatistics _statistics;
    private readonly CommandRunner _commands;
    private readonly Logger _log;

    /// <summary>Initializes the routes, at the firmware's start.</summary>
    /// <param name="parts">What the endpoints answer from.</param>
    /// <param name="statistics">What was served.</param>
    /// <param name="commands">Runs commands.</param>
    /// <param name="log">The log.</param>
    public KubeletRoutes(KubeletParts parts, ServerStatistics statistics, CommandRunner commands, Logger log)
    {
        _parts = parts;
        _vitals = new NodeVitals(parts.State, parts.Platform.Clock);
        _statistics = statistics;
        _commands = commands;
        _log = log;
    }

    /// <inheritdoc/>
    public override int Count => (int)KubeletRoute.Count;

    /// <inheritdoc/>
    protected override string PathOf(int index)
    {
        return (KubeletRoute)index switch
        {
            KubeletRoute.Health => "/healthz",
            KubeletRoute.Liveness => "/livez",
            KubeletRoute.Readiness => "/readyz",
            KubeletRoute.Pods => "/pods",
            KubeletRoute.Metrics => "/metrics",
            KubeletRoute.ResourceMetrics => "/metrics/resource",
            KubeletRoute.Summary => "/stats/summary",
            KubeletRoute.Specification => "/spec",
            KubeletRoute.Configuration => "/configz",
            KubeletRoute.Status => "/pico/status",
            KubeletRoute.Memory => "/pico/memory",
            KubeletRoute.Pins => "/pico/gpio",
            KubeletRoute.Command => "/pico/command",
            KubeletRoute.Exec => "/exec",
            KubeletRoute.Run => "/run",
            KubeletRoute.Attach => "/attach",
            KubeletRoute.PortForward => "/portForward",
            KubeletRoute.ContainerLogs => "/containerLogs",
            _ => "/logs",
        };
    }

    /// <inheritdoc/>
    protected override bool HoldsBelow(int index)
    {
        return index >= (int)KubeletRoute.Exec;
    }

    /// <inheritdoc/>
    protected override Access AccessOf(int index)
    {
        return index < (int)KubeletRoute.Pods ? Access.Open : index < (int)KubeletRoute.Command ? Access.Read : Access.Command;
    }

    /// <inheritdoc/>
    protected override IEndpoint MakeEndpoint(int index)
    {
        KubeletParts parts = _parts;
        switch ((KubeletRoute)index)
        {
            case KubeletRoute.Health:
            case KubeletRoute.Liveness:
                return new HealthEndpoint(_vitals, parts.Conditions);
            case KubeletRoute.Readiness:
                return new ReadinessEndpoint(_vitals, parts.Time);
            case KubeletRoute.Pods:
                return new PodsEndpoint(parts.Pods, parts.State);
            case KubeletRoute.Metrics:
                return new MetricsEndpoint(
                    _vitals, parts.Platform, parts.Settings, parts.Profile, parts.Boot, parts.Conditions, parts.Wifi, parts.Api,
                    parts.Time, parts.Configuration, parts.InForce, this, _statistics, parts.Pods, parts.Inputs, parts.Syslog);
            case KubeletRoute.ResourceMetrics:
                return new ResourceMetricsEndpoint(_vitals, parts.Platform.Board, _statistics, parts.Pods);
            case KubeletRoute.Summary:
                return new SummaryEndpoint(_vitals, parts.Platform.Board, parts.Time, _statistics, parts.Pods);
            case KubeletRoute.Specification:
                return new SpecEndpoint(parts.Profile, parts.Node);
            case KubeletRoute.Configuration:
                return new ConfigurationEndpoint(parts.State, parts.Settings, parts.InForce, parts.Node.Labels);
            case KubeletRoute.Status:
                return new StatusEndpoint(_vitals, parts.Platform, parts.Profile, parts.Boot, parts.Wifi, parts.Configuration, _log.Secrets, _commands);
            case KubeletRoute.Memory:
                return new MemoryEndpoint(parts.Cells);
            case KubeletRoute.Pins:
                return new PinsEndpoint(parts.Outputs, parts.Inputs);
            case KubeletRoute.Command:
                return new CommandEndpoint(parts.Outputs, _commands);
            case KubeletRoute.ContainerLogs:
                return new ContainerLogsEndpoint(parts.Pods);
            case KubeletRoute.Logs:
                return new LogsEndpoint(_log.Ring, parts.LastLines, parts.Time);
            default:
                return new NotImplementedEndpoint();
        }
    }
}
