using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Looks at the device and derives the Node's conditions.</summary>
internal sealed class NodeHealth
{
    private readonly IBoard _board;
    private readonly IStorage _storage;
    private readonly Link _link;
    private readonly TimeKeeper _time;
    private readonly NodeState _state;
    private readonly Logger _log;
    private readonly NodeFacts _facts = new NodeFacts();

    public NodeHealth(Platform platform, Link link, TimeKeeper time, NodeState state, ConfigurationState configuration, Logger log)
    {
        _board = platform.Board;
        _storage = platform.Storage;
        _link = link;
        _time = time;
        _state = state;
        _log = log;
        _facts.Configuration = configuration;
    }

    /// <summary>Gets the conditions as of the last look.</summary>
    public NodeConditions Conditions { get; } = new NodeConditions();

    /// <summary>Gets whether the device could go on when it last looked at itself.</summary>
    public bool IsHealthy => _facts.IsHealthy;

    /// <summary>Gets whether the device can go on, for whoever asks before the first look.</summary>
    public bool HasEnoughHeap => NodeFacts.HasEnoughHeap(_board);

    /// <summary>Looks.</summary>
    /// <returns>Whether one of the conditions is another than before.</returns>
    public bool Look()
    {
        _facts.HasAddress = _link.Address != null;
        _facts.Refresh(_board, _storage);
        _state.FreeHeap = _facts.FreeHeap;
        string dropped = _storage.TakeDropped();
        if (dropped != null)
        {
            _log.Warn("no room in the storage: files dropped that can be done without", "files", dropped);
        }

        // Without a time there is no time of transition either.
        bool hasChanged = _time.IsSet && Conditions.Evaluate(_facts, _time.UtcNow);
        _state.IsReady = Conditions.IsReady;
        return hasChanged;
    }
}
