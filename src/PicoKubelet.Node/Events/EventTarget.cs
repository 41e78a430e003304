using PicoKubelet.Hardware;

namespace PicoKubelet.Events;

/// <summary>
/// An object that Events are about. Whoever owns the object keeps this: with it goes how many Events the object may still have, so
/// that one that fails again and again does not become a load.
/// </summary>
public sealed class EventTarget
{
    // As client-go's spam filter: 25 at once, then one each five minutes.
    private const int Burst = 25;
    private const int RefillMilliseconds = 300 * 1000;

    private int _left = Burst;
    private long _refilled;

    /// <summary>Initializes the target.</summary>
    /// <param name="kind">The object's kind.</param>
    /// <param name="objectNamespace">Its namespace, or null for an object that is in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="uid">Its uid.</param>
    /// <param name="fieldPath">The part of it that is meant, such as <c>spec.containers{main}</c>; null for the whole.</param>
    public EventTarget(string kind, string objectNamespace, string name, string uid, string fieldPath = null)
    {
        Kind = kind;
        Namespace = objectNamespace;
        Name = name;
        Uid = uid;
        FieldPath = fieldPath;
    }

    /// <summary>Gets the object's kind, of core/v1.</summary>
    public string Kind { get; }

    /// <summary>Gets the object's namespace, or null for an object that is in none.</summary>
    public string Namespace { get; }

    /// <summary>Gets the object's name.</summary>
    public string Name { get; }

    /// <summary>Gets the object's uid.</summary>
    public string Uid { get; }

    /// <summary>Gets the part of the object that is meant, or null.</summary>
    public string FieldPath { get; }

    /// <summary>Makes the target of Events about a Node.</summary>
    /// <param name="name">The Node's name.</param>
    /// <returns>The target.</returns>
    public static EventTarget ForNode(string name)
    {
        // The name for the uid, as the kubelet does: older versions of kubectl describe node look for nothing else.
        return new EventTarget("Node", null, name, name);
    }

    /// <summary>Looks whether the object may have another Event.</summary>
    internal bool HasOne(IClock clock)
    {
        long now = clock.Milliseconds;
        if (_left == Burst)
        {
            _refilled = now;
        }

        while (_left < Burst && now - _refilled >= RefillMilliseconds)
        {
            _left++;
            _refilled += RefillMilliseconds;
        }

        return _left > 0;
    }

    /// <summary>Takes one of the Events that the object may have.</summary>
    /// <returns>Whether there was one left.</returns>
    internal bool TakeOne(IClock clock)
    {
        bool hasOne = HasOne(clock);
        _left -= hasOne ? 1 : 0;
        return hasOne;
    }
}
