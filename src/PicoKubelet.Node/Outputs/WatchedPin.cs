using PicoKubelet.Hardware;
using PicoKubelet.Runtime;

namespace PicoKubelet.Outputs;

/// <summary>An input that is looked at again and again: its level once it stayed for a while, and how often that changed.</summary>
public sealed class WatchedPin
{
    private readonly PinClaim _claim;
    private readonly int _debounce;
    private bool _latest;
    private long _since;

    /// <summary>Initializes the input; it is not read yet.</summary>
    /// <param name="claim">What holds the pin.</param>
    /// <param name="pin">The pin's number.</param>
    /// <param name="pull">What holds its level while nothing drives it.</param>
    /// <param name="debounce">How long a level has to stay before it counts, milliseconds.</param>
    public WatchedPin(PinClaim claim, int pin, PinPull pull, int debounce)
    {
        _claim = claim;
        _debounce = debounce;
        Pin = pin;
        Pull = pull;
    }

    /// <summary>Gets the pin's number.</summary>
    public int Pin { get; }

    /// <summary>Gets what holds its level while nothing drives it.</summary>
    public PinPull Pull { get; }

    /// <summary>Gets how long a level has to stay before it counts, milliseconds.</summary>
    public int Debounce => _debounce;

    /// <summary>Gets whether its level is high.</summary>
    public bool IsHigh { get; private set; }

    /// <summary>Gets how often the level changed since <see cref="Begin"/>.</summary>
    public int Edges { get; private set; }

    /// <summary>Gets or sets how many of the edges whoever waits for them has seen.</summary>
    public int SeenEdges { get; set; }

    /// <summary>Gets or sets the loop that is woken by an edge, or null.</summary>
    public Loop Waiter { get; set; }

    /// <summary>Reads the level that is there at first.</summary>
    public void Begin()
    {
        IsHigh = _claim.Read(Pin, Pull);
        _latest = IsHigh;
    }

    /// <summary>Counts on from what was counted before the board was started.</summary>
    /// <param name="edges">How often the level had changed.</param>
    /// <param name="seenEdges">How many of the edges whoever waits for them had seen.</param>
    public void GoOn(int edges, int seenEdges)
    {
        Edges = edges;
        SeenEdges = seenEdges;
    }

    /// <summary>Reads the level. A level counts that stayed for the time that the input's bouncing may take.</summary>
    /// <param name="now">The time, in the clock's milliseconds.</param>
    /// <returns>Whether this is an edge.</returns>
    public bool Sample(long now)
    {
        bool level = _claim.Read(Pin, Pull);
        if (level != _latest)
        {
            _latest = level;
            _since = now;
        }

        if (level == IsHigh || now - _since < _debounce)
        {
            return false;
        }

        IsHigh = level;
        Edges++;
        Waiter?.Wake();
        return true;
    }
}
