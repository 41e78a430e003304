using System;
using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Outputs;

/// <summary>
/// The one owner of the board's I2C buses, whoever uses them: the configuration's sensors and pods. A bus has its pins as long as anybody uses
/// an address on it, and an address has one holder; transfers come one after the other.
/// </summary>
public sealed class I2cBuses
{
    private readonly BoardPins _pins;
    private readonly IPeripherals _peripherals;
    private I2cClaim _claims;

    /// <summary>Initializes the buses; nobody uses them.</summary>
    /// <param name="pins">The board's pins.</param>
    /// <param name="peripherals">What has the buses, or null where there are none.</param>
    public I2cBuses(BoardPins pins, IPeripherals peripherals)
    {
        _pins = pins;
        _peripherals = peripherals;
    }

    /// <summary>Gives an address to one holder alone, until it releases it; the same holder may have it more than once.</summary>
    /// <param name="bus">The bus, or -1 for the board's first.</param>
    /// <param name="address">The address, 7 bits.</param>
    /// <param name="holder">Who it is, for people.</param>
    /// <returns>The claim.</returns>
    /// <exception cref="InvalidOperationException">The board has no such bus, or address or pins are somebody else's.</exception>
    public I2cClaim Claim(int bus, int address, string holder)
    {
        lock (this)
        {
            ulong pins = _peripherals == null ? 0 : _peripherals.I2cPins(bus);
            if (pins == 0)
            {
                throw new InvalidOperationException("the board has no such I2C bus");
            }

            // The first bus may be named or not: both have the same pins.
            PinClaim shared = null;
            for (I2cClaim claim = _claims; claim != null; claim = claim.Next)
            {
                if (claim.Pins.Pins != pins)
                {
                    continue;
                }

                shared = claim.Pins;
                if (claim.Address == address && claim.Holder != holder)
                {
                    throw new InvalidOperationException("address 0x" + Hex.ToText(new byte[] { (byte)address }) + " is in use by " + claim.Holder);
                }
            }

            _claims = new I2cClaim(this, shared ?? PinClaim.Take(_pins, pins, "i2c"), bus, address, holder, _claims);
            return _claims;
        }
    }

    /// <summary>Writes to the device of a claim, and reads its answer.</summary>
    internal void Transfer(I2cClaim claim, byte[] buffer, int writeCount, int readCount)
    {
        lock (this)
        {
            _peripherals.TransferI2c(claim.Bus, claim.Address, buffer, writeCount, readCount);
        }
    }

    /// <summary>Ends a claim.</summary>
    internal void Release(I2cClaim claim)
    {
        lock (this)
        {
            I2cClaim before = null;
            bool isShared = false;
            bool isThere = false;
            for (I2cClaim other = _claims; other != null; other = other.Next)
            {
                isThere |= other == claim;
                isShared |= other != claim && other.Pins == claim.Pins;
                before = other.Next == claim ? other : before;
            }

            if (!isThere)
            {
                return;
            }

            if (before == null)
            {
                _claims = claim.Next;
            }
            else
            {
                before.Next = claim.Next;
            }

            if (!isShared)
            {
                claim.Pins.Release();
            }
        }
    }
}
