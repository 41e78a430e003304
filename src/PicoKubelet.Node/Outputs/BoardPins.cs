using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Outputs;

/// <summary>
/// The pins as outputs, with who set each last: the configuration, a command, or whoever has claimed it. It remembers the levels,
/// since a board's pins are not read back; what could not be written is not remembered.
/// </summary>
/// <remarks>
/// A claim comes before everything: what it holds nobody else writes, and only a pin that the configuration does not name can be
/// claimed. A command's level holds until the configuration's for this pin changes, the pin is claimed, or the board restarts.
/// </remarks>
public sealed class BoardPins
{
    /// <summary>The number of pins that are looked after: GPIO0 to GPIO63, more than any board has.</summary>
    public const int Count = 64;

    private readonly IPins _pins;
    private readonly object _gate = new object();

    // A bit each.
    private ulong _outputs;
    private ulong _high;
    private ulong _configured;
    private ulong _commanded;
    private PinClaim _claims;

    /// <summary>Initializes the pins; none is touched.</summary>
    /// <param name="pins">The board's pins, or null where it has none.</param>
    public BoardPins(IPins pins)
    {
        _pins = pins;
    }

    /// <summary>Gets whether any pin was set since the start and not released.</summary>
    public bool HasOutputs
    {
        get
        {
            lock (_gate)
            {
                return _outputs != 0;
            }
        }
    }

    /// <summary>Gets whether a pin may be set at all.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <returns>Whether the board has it and does not need it for itself.</returns>
    public bool IsFree(int pin)
    {
        return _pins != null && pin >= 0 && pin < Count && _pins.IsFree(pin);
    }

    /// <summary>Gets whether all of some pins may be set.</summary>
    /// <param name="pins">The pins, a bit each.</param>
    /// <returns>Whether each of them is free.</returns>
    public bool AreFree(ulong pins)
    {
        for (int pin = 0; pin < Count; pin++)
        {
            if ((pins & BitOf(pin)) != 0 && !IsFree(pin))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets whether a pin was set since the start.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it was.</returns>
    public bool IsOutput(int pin)
    {
        lock (_gate)
        {
            return (_outputs & BitOf(pin)) != 0;
        }
    }

    /// <summary>Gets the level that a pin was set to last.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it is high; false where it was never set.</returns>
    public bool IsHigh(int pin)
    {
        lock (_gate)
        {
            return (_high & BitOf(pin)) != 0;
        }
    }

    /// <summary>Gets whether somebody has a pin for itself.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Whether it is part of a claim.</returns>
    public bool IsClaimed(int pin)
    {
        lock (_gate)
        {
            return ClaimOf(BitOf(pin)) != null;
        }
    }

    /// <summary>Gets who has set a pin last or holds it.</summary>
    /// <param name="pin">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns><c>configmap</c>, <c>command</c>, the name of the claim's holder, or null where nobody has.</returns>
    public string OwnerOf(int pin)
    {
        lock (_gate)
        {
            PinClaim claim = ClaimOf(BitOf(pin));
            return claim != null ? claim.Holder
                : (_commanded & BitOf(pin)) != 0 ? "command"
                : (_configured & BitOf(pin)) != 0 ? "configmap" : null;
        }
    }

    /// <summary>Sets a pin as the configuration wants it.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    /// <exception cref="InvalidOperationException">Another holds the pin.</exception>
    public void Configure(int pin, bool isHigh)
    {
        lock (_gate)
        {
            CheckUnclaimed(pin);
            Write(pin, isHigh);
            _configured |= BitOf(pin);
            _commanded &= ~BitOf(pin);
        }
    }

    /// <summary>Sets a pin low that the configuration does not name any more.</summary>
    /// <param name="pin">The pin.</param>
    public void Unconfigure(int pin)
    {
        lock (_gate)
        {
            if (ClaimOf(BitOf(pin)) == null)
            {
                Write(pin, false);
            }

            _configured &= ~BitOf(pin);
            _commanded &= ~BitOf(pin);
        }
    }

    /// <summary>Sets a pin as a command wants it.</summary>
    /// <param name="pin">A pin that is free.</param>
    /// <param name="isHigh">Whether it is high.</param>
    /// <exception cref="InvalidOperationException">Another holds the pin.</exception>
    public void Command(int pin, bool isHigh)
    {
        lock (_gate)
        {
            CheckUnclaimed(pin);
            Write(pin, isHigh);
            _commanded |= BitOf(pin);
        }
    }

    /// <summary>Gives pins to one holder alone, until it releases them.</summary>
    /// <param name="pins">The pins, a bit each.</param>
    /// <param name="holder">Who it is, for people.</param>
    /// <returns>The claim, or null where a pin is not free, named by the configuration, or held by another.</returns>
    public PinClaim Claim(ulong pins, string holder)
    {
        lock (_gate)
        {
            if ((pins & _configured) != 0 || ClaimOf(pins) != null || !AreFree(pins))
            {
                return null;
            }

            _commanded &= ~pins;
            _claims = new PinClaim(this, pins, holder, _claims);
            return _claims;
        }
    }

    /// <summary>Writes a pin of a claim.</summary>
    internal void Write(PinClaim claim, int pin, bool isHigh)
    {
        lock (_gate)
        {
            if ((claim.Pins & BitOf(pin)) == 0)
            {
                throw new InvalidOperationException("pin is not held");
            }

            Write(pin, isHigh);
            claim.Written |= BitOf(pin);
        }
    }

    /// <summary>Reads a pin of a claim.</summary>
    internal bool Read(PinClaim claim, int pin, PinPull pull)
    {
        lock (_gate)
        {
            if ((claim.Pins & BitOf(pin)) == 0)
            {
                throw new InvalidOperationException("pin is not held");
            }

            if ((claim.Written & BitOf(pin)) != 0)
            {
                // What is wired to an output may not bear that it floats.
                return (_high & BitOf(pin)) != 0;
            }

            bool isHigh = _pins.Read(pin, pull);
            _outputs &= ~BitOf(pin);
            return isHigh;
        }
    }

    /// <summary>Ends a claim: its outputs are set low.</summary>
    internal void Release(PinClaim claim)
    {
        lock (_gate)
        {
            ulong held = claim.Pins;
            claim.Pins = 0;
            Unlink(claim);
            for (int pin = 0; pin < Count; pin++)
            {
                if ((held & _outputs & BitOf(pin)) != 0)
                {
                    WriteLow(pin);
                }
            }
        }
    }

    private static ulong BitOf(int pin)
    {
        return 1UL << pin;
    }

    private PinClaim ClaimOf(ulong pins)
    {
        PinClaim claim = _claims;
        while (claim != null && (claim.Pins & pins) == 0)
        {
            claim = claim.Next;
        }

        return claim;
    }

    private void CheckUnclaimed(int pin)
    {
        PinClaim claim = ClaimOf(BitOf(pin));
        if (claim != null)
        {
            throw new InvalidOperationException("is in use by " + claim.Holder);
        }
    }

    private void Unlink(PinClaim claim)
    {
        if (_claims == claim)
        {
            _claims = claim.Next;
            return;
        }

        for (PinClaim before = _claims; before != null; before = before.Next)
        {
            if (before.Next == claim)
            {
                before.Next = claim.Next;
                return;
            }
        }
    }

    private void WriteLow(int pin)
    {
        try
        {
            Write(pin, false);
        }
        catch (Exception)
        {
            // The others are to be set low all the same.
        }
    }

    private void Write(int pin, bool isHigh)
    {
        _pins.Write(pin, isHigh);
        _outputs |= BitOf(pin);
        _high = isHigh ? _high | BitOf(pin) : _high & ~BitOf(pin);
    }
}
