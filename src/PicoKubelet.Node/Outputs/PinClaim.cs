namespace PicoKubelet.Outputs;

/// <summary>Pins that one holder has for itself, from <see cref="BoardPins.Claim"/> to <see cref="Release"/>.</summary>
public sealed class PinClaim
{
    private readonly BoardPins _board;

    internal PinClaim(BoardPins board, ulong pins, string holder, PinClaim next)
    {
        _board = board;
        Pins = pins;
        Holder = holder;
        Next = next;
    }

    /// <summary>Gets the pins, a bit each; none once they were released.</summary>
    public ulong Pins { get; internal set; }

    /// <summary>Gets who holds them, for people.</summary>
    public string Holder { get; }

    /// <summary>Gets or sets the pins that the holder has written, a bit each.</summary>
    internal ulong Written { get; set; }

    /// <summary>Gets or sets the next claim of the board's.</summary>
    internal PinClaim Next { get; set; }

    /// <summary>Makes one of the pins an output and sets its level.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <param name="isHigh">Whether it is high.</param>
    /// <exception cref="System.InvalidOperationException">The pin is not one of these, or was released.</exception>
    public void Write(int pin, bool isHigh)
    {
        _board.Write(this, pin, isHigh);
    }

    /// <summary>Reads one of the pins: as an input with a pull-up, or the level that was written where it is an output.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <returns>Whether it is high.</returns>
    /// <exception cref="System.InvalidOperationException">The pin is not one of these, or was released.</exception>
    public bool Read(int pin)
    {
        return _board.Read(this, pin);
    }

    /// <summary>Gives the pins back; those that are outputs are set low. A second call does nothing.</summary>
    public void Release()
    {
        _board.Release(this);
    }
}
