using PicoKubelet.Configuration;
using PicoKubelet.Node;

namespace PicoKubelet.Bench.Costs;

/// <summary>Bytes allocated, by what a step of the node's loop did: told by the firmware's own counters.</summary>
internal sealed class AllocationCounts(BenchBoard board)
{
    private readonly Dictionary<string, (int Count, long Bytes)> _kinds = [];
    private (long Leases, long Statuses, long Unchanged, long Applied) _last;

    /// <summary>Begins with what was done so far.</summary>
    public void Reset()
    {
        _kinds.Clear();
        _last = Now;
    }

    /// <summary>Takes note of a step.</summary>
    public void Note(long bytes)
    {
        var now = Now;
        string kind = now.Statuses > _last.Statuses ? "status (and heartbeat)"
            : now.Leases > _last.Leases ? "heartbeat"
            : now.Unchanged > _last.Unchanged ? "poll, unchanged"
            : now.Applied > _last.Applied ? "poll, changed"
            : "looking at the clock and the address";
        _last = now;
        (int count, long sum) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (count + 1, sum + bytes);
    }

    /// <summary>Gets the bytes of each kind, on average, or null where there was none.</summary>
    public double? Of(string kind)
    {
        return _kinds.TryGetValue(kind, out (int Count, long Bytes) found) ? (double)found.Bytes / found.Count : null;
    }

    public IEnumerable<string> Kinds => _kinds.Keys.Order(StringComparer.Ordinal);

    private (long Leases, long Statuses, long Unchanged, long Applied) Now
    {
        get
        {
            NodeState node = board.State;
            ConfigurationState configuration = board.Configuration.State;
            return (node.Leases.Sent, node.Statuses.Sent, configuration.PollsUnchanged, configuration.PollsApplied);
        }
    }
}
