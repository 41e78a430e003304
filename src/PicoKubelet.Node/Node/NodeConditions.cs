using System;
using PicoKubelet.Configuration;

namespace PicoKubelet.Node;

/// <summary>The Node's conditions: each is one small function from facts to a condition.</summary>
public sealed class NodeConditions
{
    private readonly Condition _ready = new Condition("Ready");
    private readonly Condition _memoryPressure = new Condition("MemoryPressure");
    private readonly Condition _diskPressure = new Condition("DiskPressure");
    private readonly Condition _pidPressure = new Condition("PIDPressure");
    private readonly Condition _networkUnavailable = new Condition("NetworkUnavailable");
    private readonly Condition _configurationApplied = new Condition("ConfigurationApplied");
    private readonly Condition[] _all;

    /// <summary>Initializes the conditions; none has a status yet.</summary>
    public NodeConditions()
    {
        // Ready comes last, as with the kubelet: it sums up.
        _all = new[] { _networkUnavailable, _memoryPressure, _diskPressure, _pidPressure, _configurationApplied, _ready };
    }

    /// <summary>Gets the number of conditions.</summary>
    public int Count => _all.Length;

    /// <summary>Gets whether the node is Ready.</summary>
    public bool IsReady => _ready.Status == Condition.True;

    /// <summary>Gets a condition.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The condition.</returns>
    public Condition Get(int index)
    {
        return _all[index];
    }

    /// <summary>Finds a condition.</summary>
    /// <param name="type">Its type.</param>
    /// <returns>The condition, or null where the node has none of this type.</returns>
    public Condition Find(string type)
    {
        foreach (Condition condition in _all)
        {
            if (condition.Type == type)
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>Derives the conditions from the facts.</summary>
    /// <param name="facts">What the device found.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>Whether a status, a reason or a message is another one than before.</returns>
    public bool Evaluate(NodeFacts facts, DateTime now)
    {
        bool changed = SetNetworkUnavailable(facts, now);
        changed |= SetMemoryPressure(facts, now);
        changed |= SetDiskPressure(facts, now);
        changed |= SetPidPressure(now);
        changed |= SetConfigurationApplied(facts, now);
        changed |= SetReady(facts, now);
        return changed;
    }

    private bool SetNetworkUnavailable(NodeFacts facts, DateTime now)
    {
        return facts.HasAddress
            ? _networkUnavailable.Set(false, "NetworkConnected", "the interface is up and has an address", now)
            : _networkUnavailable.Set(true, "NetworkDisconnected", "the interface is down or has no address", now);
    }

    private bool SetMemoryPressure(NodeFacts facts, DateTime now)
    {
        return facts.HasMemoryPressure
            ? _memoryPressure.Set(true, "KubeletHasInsufficientMemory", "little of the managed heap is free", now)
            : _memoryPressure.Set(false, "KubeletHasSufficientMemory", "enough of the managed heap is free", now);
    }

    private bool SetDiskPressure(NodeFacts facts, DateTime now)
    {
        return facts.IsStorageHealthy
            ? _diskPressure.Set(false, "KubeletHasNoDiskPressure", "the storage takes writes", now)
            : _diskPressure.Set(true, "KubeletHasDiskPressure", "the storage is missing or full", now);
    }

    private bool SetPidPressure(DateTime now)
    {
        return _pidPressure.Set(false, "KubeletHasSufficientPID", "the node runs no processes", now);
    }

    private bool SetConfigurationApplied(NodeFacts facts, DateTime now)
    {
        ConfigurationState state = facts.Configuration;
        return _configurationApplied.Set(state.IsApplied, state.Reason, state.Message, now);
    }

    private bool SetReady(NodeFacts facts, DateTime now)
    {
        return facts.IsHealthy
            ? _ready.Set(true, "KubeletReady", "picokubelet is posting ready status", now)
            : _ready.Set(false, "KubeletNotReady", "the managed heap is nearly exhausted", now);
    }
}
