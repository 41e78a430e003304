using PicoKubelet.Kubelet.Endpoints;

namespace PicoKubelet.Kubelet;

/// <summary>The table of what the kubelet's port serves.</summary>
internal sealed class Routes
{
    /// <summary>The methods of what can be read. HEAD works wherever GET does.</summary>
    public const string Reading = "GET, HEAD";

    private readonly Route[] _all;

    public Routes(NodeContext context, CommandRunner commands)
    {
        HealthEndpoint health = new HealthEndpoint(context);
        NotImplementedEndpoint notImplemented = new NotImplementedEndpoint();
        MetricsEndpoint metrics = new MetricsEndpoint(context, this);
        _all = new[]
        {
            new Route("/healthz", Reading, Access.Open, health),
            new Route("/livez", Reading, Access.Open, health),
            new Route("/readyz", Reading, Access.Open, new ReadinessEndpoint(context)),
            new Route("/pods", Reading, Access.Read, new PodsEndpoint()),
            new Route("/metrics", Reading, Access.Read, metrics),
            new Route("/metrics/resource", Reading, Access.Read, new ResourceMetricsEndpoint(context, this)),
            new Route("/stats/summary", Reading, Access.Read, new SummaryEndpoint(context, this)),
            new Route("/spec", Reading, Access.Read, new SpecEndpoint(context)),
            new Route("/configz", Reading, Access.Read, new ConfigurationEndpoint(context)),
            new Route("/pico/status", Reading, Access.Read, new StatusEndpoint(context, commands)),
            new Route("/pico/memory", Reading, Access.Read, new MemoryEndpoint(context)),
            new Route("/pico/gpio", Reading, Access.Read, new PinsEndpoint(context)),
            new Route("/pico/command", Method.Post, Access.Command, new CommandEndpoint(context, commands)),
            new Route("/exec", null, Access.Command, notImplemented),
            new Route("/run", null, Access.Command, notImplemented),
            new Route("/attach", null, Access.Command, notImplemented),
            new Route("/portForward", null, Access.Command, notImplemented),
            new Route("/containerLogs", null, Access.Command, notImplemented),
        };
        Statistics = new KubeletStatistics(_all.Length + 1);
    }

    /// <summary>Gets what was served.</summary>
    public KubeletStatistics Statistics { get; }

    /// <summary>Gets the number of routes; as an index, it stands for everything else.</summary>
    public int Count => _all.Length;

    /// <summary>Gets a route's path for people and metrics.</summary>
    public string NameOf(int index)
    {
        return index < _all.Length ? _all[index].Path : "other";
    }

    public Route Get(int index)
    {
        return _all[index];
    }

    /// <returns>The route's index, or <see cref="Count"/> where there is none.</returns>
    public int Find(KubeletRequest request)
    {
        int index = 0;
        while (index < _all.Length && !request.PathIs(_all[index].Path, _all[index].Methods == null))
        {
            index++;
        }

        return index;
    }
}
