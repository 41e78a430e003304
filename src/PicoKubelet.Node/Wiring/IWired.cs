using PicoKubelet.Outputs;

namespace PicoKubelet.Wiring;

/// <summary>What makes use of what is wired to the board.</summary>
public interface IWired
{
    /// <summary>Gets the board's I2C buses, for whoever else uses them.</summary>
    I2cBuses Buses { get; }

    /// <summary>Gives up all of a kind that is not described alike any more, with its pins.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="wanted">What is wired.</param>
    void Keep(WiredKind kind, WiredList wanted);

    /// <summary>Begins to make use of something; nothing is done where it is in use already.</summary>
    /// <param name="spec">What it is.</param>
    /// <exception cref="System.InvalidOperationException">A pin is somebody else's. Whatever the hardware throws comes through too.</exception>
    void Use(WiredSpec spec);

    /// <summary>Begins to look at a pin that somebody else holds.</summary>
    /// <param name="pin">The pin, whose level was read once.</param>
    void Watch(WatchedPin pin);

    /// <summary>Ends to look at a pin; nothing is done where nobody looks at it.</summary>
    /// <param name="pin">The pin.</param>
    void Unwatch(WatchedPin pin);
}
