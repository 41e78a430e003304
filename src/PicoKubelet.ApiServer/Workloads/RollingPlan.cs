using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>The next step of a rolling update. Source: pkg/controller/deployment/rolling.go.</summary>
/// <param name="Current">How many pods the newest ReplicaSet is to have.</param>
/// <param name="Old">How many each older one is to have.</param>
internal sealed record RollingPlan(long Current, long[] Old)
{
    /// <summary>Makes the plan.</summary>
    /// <param name="replicas">How many pods there are to be.</param>
    /// <param name="maxSurge">How many there may be more.</param>
    /// <param name="maxUnavailable">How many of them may not be available.</param>
    /// <param name="current">The newest ReplicaSet.</param>
    /// <param name="old">The older ones, oldest first.</param>
    public static RollingPlan Of(long replicas, long maxSurge, long maxUnavailable, SetSize current, SetSize[] old)
    {
        // Both none would never end.
        maxUnavailable = maxSurge == 0 && maxUnavailable == 0 ? 1 : maxUnavailable;
        var all = current.Wanted + old.Sum(set => set.Wanted);
        var grown = current.Wanted > replicas
            ? replicas
            : current.Wanted + Math.Clamp(replicas + maxSurge - all, 0, replicas - current.Wanted);
        var left = old.Select(set => set.Wanted).ToArray();
        var least = replicas - maxUnavailable;
        var surplus = all - least - Math.Max(0, current.Wanted - current.Available);
        // Those that serve nobody go first.
        for (var i = 0; i < old.Length && surplus > 0; i++)
        {
            var idle = Math.Min(surplus, Math.Max(0, old[i].Wanted - old[i].Available));
            left[i] -= idle;
            surplus -= idle;
        }
        var spare = current.Available + old.Sum(set => set.Available) - least;
        for (var i = 0; i < old.Length && spare > 0 && surplus > 0; i++)
        {
            var gone = Math.Min(Math.Min(spare, surplus), left[i]);
            left[i] -= gone;
            spare -= gone;
            surplus -= gone;
        }
        return new RollingPlan(grown, left);
    }

    /// <summary>A number, or a percentage of the replicas.</summary>
    public static long Amount(JsonNode? value, long replicas, bool roundsUp)
    {
        if (value?.GetValueKind() == JsonValueKind.Number)
        {
            return value.GetValue<long>();
        }
        var text = value?.ToString() ?? "25%";
        var percent = long.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return (percent * replicas + (roundsUp ? 99 : 0)) / 100;
    }
}
