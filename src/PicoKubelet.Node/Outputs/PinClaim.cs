using System;
using PicoKubelet.Hardware;

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

    /// <summary>Takes pins for one holder alone, as <see cref="BoardPins.Claim"/> does, and tells why they are not to be had.</summary>
    /// <param name="board">The board's pins.</param>
    /// <param name="pins">The pins, a bit each.</param>
    /// <param name="holder">Who it is, for people.</param>
    /// <returns>The claim.</returns>
    /// <exception cref="InvalidOperationException">A pin is not free, or somebody else's.</exception>
    public static PinClaim Take(BoardPins board, ulong pins, string holder)
    {
        PinClaim claim = board.Claim(pins, holder);
        if (claim != null)
        {
            return claim;
        }

        int pin = 0;
        while (pin < BoardPins.Count - 1 && (((pins >> pin) & 1) == 0 || (board.IsFree(pin) && board.OwnerOf(pin) == null)))
        {
            pin++;
        }

        string owner = board.OwnerOf(pin);
        throw new InvalidOperationException("pin " + pin.ToString() + (owner == null ? " is not free" : " is in use by " + owner));
    }

    /// <summary>Makes one of the pins an output and sets its level.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <param name="isHigh">Whether it is high.</param>
    /// <exception cref="InvalidOperationException">The pin is not one of these, or was released.</exception>
    public void Write(int pin, bool isHigh)
    {
        _board.Write(this, pin, isHigh);
    }

    /// <summary>Reads one of the pins: as an input, or the level that was written where it is an output.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <param name="pull">What holds an input's level while nothing drives it.</param>
    /// <returns>Whether it is high.</returns>
    /// <exception cref="InvalidOperationException">The pin is not one of these, or was released.</exception>
    public bool Read(int pin, PinPull pull = PinPull.Up)
    {
        return _board.Read(this, pin, pull);
    }

    /// <summary>Lets a pin be read as an input, though it was written before.</summary>
    /// <param name="pin">The pin's number.</param>
    public void BeginInput(int pin)
    {
        Written &= ~(1UL << pin);
    }

    /// <summary>Gives the pins back; those that are outputs are set low. A second call does nothing.</summary>
    public void Release()
    {
        _board.Release(this);
    }
}
