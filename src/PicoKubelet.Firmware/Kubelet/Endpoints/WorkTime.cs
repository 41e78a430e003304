using PicoKubelet.Http.Server;
using PicoKubelet.Node;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>
/// What stands in for the time that the CPU was busy, which nanoFramework does not count: how long heartbeats and requests
/// were under way. It holds waits for the network too, so it is an upper bound; metrics-server drops a node that has none.
/// </summary>
internal static class WorkTime
{
    public static long Milliseconds(NodeState state, ServerStatistics statistics)
    {
        return state.Leases.TotalMilliseconds + state.Statuses.TotalMilliseconds + statistics.BusyMilliseconds;
    }
}
