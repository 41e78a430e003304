using PicoKubelet.Settings;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>The key whose value describes sensors on I2C buses.</summary>
internal sealed class I2cKey : WiredKey
{
    private const int LongestList = 1024;
    private const int LongestWait = 1000;

    public I2cKey(string name)
        : base(name, WiredKind.I2c, WiredLimits.I2c, LongestList)
    {
    }

    /// <inheritdoc/>
    protected override string Syntax =>
        "name=address [bus:N] [setup:0xHEX] [wait:N, ms] [register:0xHEX] [bytes:N, 1 to 4] [at:N, 0 to 8] [signed] [little] [crc] " + SensorWords.Syntax;

    /// <inheritdoc/>
    protected override string ReadSpec(string name, ConfigurationText text, ConfigurationScope scope, out WiredSpec spec)
    {
        bool isRight = text.NextWord() & text.TryGetNumber(out int address) && address >= ExtendedResources.FirstAddress && address <= ExtendedResources.LastAddress;
        I2cSpec i2c = new I2cSpec(name, address);
        spec = i2c;
        while (isRight && text.NextWord())
        {
            isRight = ReadFlag(text, i2c) || ReadBytes(text, i2c) || ReadNumber(text, i2c) || SensorWords.Read(text, i2c);
        }

        if (!isRight || (i2c.HasChecksum && (i2c.Bytes != I2cSpec.DefaultBytes || i2c.IsLittleEndian)))
        {
            return "must be " + Range;
        }

        return scope.Peripherals != null && AreFree(scope.Peripherals.I2cPins(i2c.Bus), scope) ? null : "must be on a bus whose pins this board has and does not need for itself";
    }

    private static bool ReadFlag(ConfigurationText text, I2cSpec i2c)
    {
        i2c.IsSigned |= text.PartIs("signed");
        i2c.IsLittleEndian |= text.PartIs("little");
        i2c.HasChecksum |= text.PartIs("crc");
        return text.PartIs("signed") || text.PartIs("little") || text.PartIs("crc");
    }

    private static bool ReadBytes(ConfigurationText text, I2cSpec i2c)
    {
        bool isSetup = text.SkipPrefix("setup:");
        if (!isSetup && !text.SkipPrefix("register:"))
        {
            return false;
        }

        // 0x and two digits a byte; a number without 0x has no byte.
        int digits = text.PartLength - 2;
        bool isRight = text.PartBegins("0x") & text.TryGetNumber(out int value) && digits % 2 == 0 && digits <= 2 * I2cBytes.Most;
        I2cBytes bytes = isRight ? new I2cBytes(value, digits / 2) : I2cBytes.None;
        if (isSetup)
        {
            i2c.Setup = bytes;
        }
        else
        {
            i2c.Register = bytes;
        }

        return isRight;
    }

    private static bool ReadNumber(ConfigurationText text, I2cSpec i2c)
    {
        int number;
        if (text.SkipPrefix("bus:"))
        {
            bool isBus = text.TryGetNumber(out number);
            i2c.Bus = number;
            return isBus;
        }

        if (text.SkipPrefix("wait:"))
        {
            bool isWait = text.TryGetNumber(out number) && number <= LongestWait;
            i2c.Wait = number;
            return isWait;
        }

        if (text.SkipPrefix("bytes:"))
        {
            bool isCount = text.TryGetNumber(out number) && number > 0 && number <= I2cSpec.MaxBytes;
            i2c.Bytes = number;
            return isCount;
        }

        bool isPlace = text.SkipPrefix("at:") & text.TryGetNumber(out number) && number <= I2cSpec.MaxAt;
        i2c.At = isPlace ? number : i2c.At;
        return isPlace;
    }

    private static bool AreFree(ulong pins, ConfigurationScope scope)
    {
        for (int pin = 0; pin < Outputs.BoardPins.Count; pin++)
        {
            if (((pins >> pin) & 1) != 0 && !scope.IsFreePin(pin))
            {
                return false;
            }
        }

        return pins != 0;
    }
}
