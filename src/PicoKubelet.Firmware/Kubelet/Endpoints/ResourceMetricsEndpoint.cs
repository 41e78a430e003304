using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The kubelet's resource metrics, from which metrics-server makes <c>kubectl top</c>.</summary>
internal sealed class ResourceMetricsEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly IBoard _board;
    private readonly ServerStatistics _statistics;
    private readonly IPodProvider _pods;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="vitals">What the node knows of itself.</param>
    /// <param name="board">The board.</param>
    /// <param name="statistics">What was served.</param>
    /// <param name="pods">What runs pods, or null on a node that runs none.</param>
    public ResourceMetricsEndpoint(NodeVitals vitals, IBoard board, ServerStatistics statistics, IPodProvider pods)
    {
        _pods = pods;
        _vitals = vitals;
        _board = board;
        _statistics = statistics;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        long total = _board.GetTotalHeap();
        answer.Begin(HttpStatus.Ok, MetricsWriter.MediaType);
        MetricsWriter metrics = new MetricsWriter(answer);
        metrics.SingleMilli(
            "node_cpu_usage_seconds_total",
            MetricsWriter.Counter,
            "Time that heartbeats and requests were under way; the CPU's own is not counted.",
            WorkTime.Milliseconds(_vitals.State, _statistics));
        metrics.Single("node_memory_working_set_bytes", MetricsWriter.Gauge, "Managed heap in use at the last heartbeat.", total - _vitals.State.FreeHeap);

        _pods?.WriteContainers(metrics);
        _pods?.WriteSums(metrics);

        // The second is the first's name since Kubernetes 1.29.
        metrics.Single("scrape_error", MetricsWriter.Gauge, "1 if there was an error while getting the metrics, 0 otherwise.", 0);
        metrics.Single("resource_scrape_error", MetricsWriter.Gauge, "1 if there was an error while getting the metrics, 0 otherwise.", 0);
        answer.End();
    }
}
