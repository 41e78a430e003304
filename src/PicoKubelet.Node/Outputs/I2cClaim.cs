namespace PicoKubelet.Outputs;

/// <summary>An address on an I2C bus that one holder has for itself, from <see cref="I2cBuses.Claim"/> to <see cref="Release"/>.</summary>
public sealed class I2cClaim
{
    private readonly I2cBuses _buses;

    internal I2cClaim(I2cBuses buses, PinClaim pins, int bus, int address, string holder, I2cClaim next)
    {
        _buses = buses;
        Pins = pins;
        Bus = bus;
        Address = address;
        Holder = holder;
        Next = next;
    }

    /// <summary>Gets the address, 7 bits.</summary>
    public int Address { get; }

    /// <summary>Gets the bus, or -1 for the board's first.</summary>
    internal int Bus { get; }

    /// <summary>Gets the bus's pins, which all claims on it share.</summary>
    internal PinClaim Pins { get; }

    /// <summary>Gets who holds the address, for people.</summary>
    internal string Holder { get; }

    /// <summary>Gets or sets the next claim of the board's.</summary>
    internal I2cClaim Next { get; set; }

    /// <summary>Writes to the device, and reads its answer. Whatever the hardware throws comes through.</summary>
    /// <param name="buffer">What is written, and then the answer.</param>
    /// <param name="writeCount">How many bytes are written; 0 for none.</param>
    /// <param name="readCount">How many bytes the answer has; 0 for none.</param>
    public void Transfer(byte[] buffer, int writeCount, int readCount)
    {
        _buses.Transfer(this, buffer, writeCount, readCount);
    }

    /// <summary>Gives the address back, and the bus's pins with its last one. A second call does nothing.</summary>
    public void Release()
    {
        _buses.Release(this);
    }
}
