using PicoKubelet.Kubelet.Endpoints;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>The table of what the kubelet's port serves.</summary>
internal sealed class Routes
{
    /// <summary>The methods of what can be read. HEAD works wherever GET does.</summary>
    public const string Reading = "GET, HEAD";

    private const int MaxCount = 18;

    // The table's columns, which take less than half of what an object a row does.
    private readonly string[] _paths = Strings.NewArray(MaxCount);
    private readonly byte[] _access = new byte[MaxCount];
    private readonly IEndpoint[] _endpoints = new IEndpoint[MaxCount];

    public Routes(NodeContext context, CommandRunner commands)
    {
        HealthEndpoint health = new HealthEndpoint(context);
        NotImplementedEndpoint notImplemented = new NotImplementedEndpoint();
        Add("/healthz", Access.Open, health);
        Add("/livez", Access.Open, health);
        Add("/readyz", Access.Open, new ReadinessEndpoint(context));
        Add("/pods", Access.Read, new PodsEndpoint());
        Add("/metrics", Access.Read, new MetricsEndpoint(context, this));
        Add("/metrics/resource", Access.Read, new ResourceMetricsEndpoint(context, this));
        Add("/stats/summary", Access.Read, new SummaryEndpoint(context, this));
        Add("/spec", Access.Read, new SpecEndpoint(context));
        Add("/configz", Access.Read, new ConfigurationEndpoint(context));
        Add("/pico/status", Access.Read, new StatusEndpoint(context, commands));
        Add("/pico/memory", Access.Read, new MemoryEndpoint(context));
        Add("/pico/gpio", Access.Read, new PinsEndpoint(context));
        Add("/pico/command", Access.Command, new CommandEndpoint(context, commands));
        Add("/exec", Access.Command, notImplemented);
        Add("/run", Access.Command, notImplemented);
        Add("/attach", Access.Command, notImplemented);
        Add("/portForward", Access.Command, notImplemented);
        Add("/containerLogs", Access.Command, notImplemented);
    }

    /// <summary>Gets what was served.</summary>
    public KubeletStatistics Statistics { get; } = new KubeletStatistics();

    /// <summary>Gets the number of routes; as an index, it stands for everything else.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a route's path for people and metrics.</summary>
    public string NameOf(int index)
    {
        return index < Count ? _paths[index] : "other";
    }

    public Access AccessOf(int index)
    {
        return (Access)_access[index];
    }

    public IEndpoint EndpointOf(int index)
    {
        return _endpoints[index];
    }

    public bool Allows(int index, string method)
    {
        string methods = _endpoints[index].Methods;
        return methods == null || methods == method || (methods == Reading && (method == Method.Get || method == Method.Head));
    }

    /// <returns>The route's index, or <see cref="Count"/> where there is none.</returns>
    public int Find(KubeletRequest request)
    {
        int index = 0;
        while (index < Count && !request.PathIs(_paths[index], _endpoints[index].Methods == null))
        {
            index++;
        }

        return index;
    }

    private void Add(string path, Access access, IEndpoint endpoint)
    {
        _paths[Count] = path;
        _access[Count] = (byte)access;
        _endpoints[Count] = endpoint;
        Count++;
    }
}
