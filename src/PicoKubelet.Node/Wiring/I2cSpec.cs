using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>A value of a sensor on an I2C bus: <c>room=0x44 setup:0x2400 wait:16 crc unit:celsius scale:0.00267033 offset:-45</c>.</summary>
public sealed class I2cSpec : SensorSpec
{
    /// <summary>The bytes of a value where the line does not say.</summary>
    public const int DefaultBytes = 2;

    /// <summary>The most bytes of a value.</summary>
    public const int MaxBytes = 4;

    /// <summary>The most bytes before a value in an answer.</summary>
    public const int MaxAt = 8;

    /// <summary>The bus where the line does not say: the board's first.</summary>
    public const int FirstBus = -1;

    /// <summary>Initializes the value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="address">The sensor's address, 7 bits.</param>
    public I2cSpec(string name, int address)
        : base(name)
    {
        Address = address;
    }

    /// <inheritdoc/>
    public override WiredKind Kind => WiredKind.I2c;

    /// <inheritdoc/>
    public override string Source => "i2c";

    /// <summary>Gets the sensor's address, 7 bits.</summary>
    public int Address { get; }

    /// <summary>Gets or sets the bus, or <see cref="FirstBus"/>.</summary>
    public int Bus { get; set; } = FirstBus;

    /// <summary>Gets or sets what is written to begin a measurement.</summary>
    public I2cBytes Setup { get; set; } = I2cBytes.None;

    /// <summary>Gets or sets the time between that and the reading, milliseconds.</summary>
    public int Wait { get; set; }

    /// <summary>Gets or sets what is written right before the reading: a register's number.</summary>
    public I2cBytes Register { get; set; } = I2cBytes.None;

    /// <summary>Gets or sets the bytes of the value.</summary>
    public int Bytes { get; set; } = DefaultBytes;

    /// <summary>Gets or sets how many bytes come before the value in the answer.</summary>
    public int At { get; set; }

    /// <summary>Gets or sets whether the value is a two's complement.</summary>
    public bool IsSigned { get; set; }

    /// <summary>Gets or sets whether the value's lowest byte comes first.</summary>
    public bool IsLittleEndian { get; set; }

    /// <summary>Gets or sets whether a checksum follows the two bytes of the value, as Sensirion's sensors have it.</summary>
    public bool HasChecksum { get; set; }

    /// <inheritdoc/>
    public override bool IsSameAs(WiredSpec other)
    {
        I2cSpec i2c = (I2cSpec)other;
        return Address == i2c.Address && Bus == i2c.Bus && Setup.IsSameAs(i2c.Setup) && Wait == i2c.Wait && Register.IsSameAs(i2c.Register)
            && Bytes == i2c.Bytes && At == i2c.At && IsSigned == i2c.IsSigned && IsLittleEndian == i2c.IsLittleEndian && HasChecksum == i2c.HasChecksum
            && base.IsSameAs(other);
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output)
    {
        output.Write(Address);
        WriteWord(output, " bus:", Bus, FirstBus);
        Setup.Write(output, " setup:");
        WriteWord(output, " wait:", Wait, 0);
        Register.Write(output, " register:");
        WriteWord(output, " bytes:", Bytes, DefaultBytes);
        WriteWord(output, " at:", At, 0);
        output.Write(IsSigned ? " signed" : "");
        output.Write(IsLittleEndian ? " little" : "");
        output.Write(HasChecksum ? " crc" : "");
        base.Write(output);
    }

    private static void WriteWord(Utf8Writer output, string word, int value, int usual)
    {
        if (value != usual)
        {
            output.Write(word);
            output.Write(value);
        }
    }
}
