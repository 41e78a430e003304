using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>How long a DaemonSet waits before it replaces a pod that failed on a node: a second, doubling to a quarter of an hour.</summary>
internal sealed class FailedPodBackoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly Dictionary<(string Owner, string Node), (string Pod, DateTimeOffset Seen, TimeSpan Delay)> _failures = [];

    /// <summary>When a failed pod may be replaced, or null: now.</summary>
    public DateTimeOffset? NextTry(string owner, string node, StoredObject pod, DateTimeOffset now)
    {
        var key = (owner, node);
        if (!_failures.TryGetValue(key, out var last) || now > last.Seen + last.Delay + last.Delay + Longest)
        {
            last = ("", now, TimeSpan.Zero);
        }
        if (last.Pod != pod.Uid)
        {
            var delay = last.Delay == TimeSpan.Zero ? First : last.Delay * 2;
            last = (pod.Uid, now, delay > Longest ? Longest : delay);
            _failures[key] = last;
        }
        return now < last.Seen + last.Delay ? last.Seen + last.Delay : null;
    }

    /// <summary>Forgets what is long over.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var key in _failures.Where(entry => now > entry.Value.Seen + Longest + Longest).Select(entry => entry.Key).ToList())
        {
            _failures.Remove(key);
        }
    }
}
