using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>
/// What of a board pods may ask for, each an extended resource of which there is one: pins, analog channels, addresses on the first I2C bus.
/// A resource is a number: a pin's own, or counted from <see cref="Analog"/> or <see cref="I2c"/> on.
/// </summary>
public sealed class ExtendedResources
{
    /// <summary>How the names of all of them begin.</summary>
    public const string Prefix = "picokubelet.io/";

    /// <summary>How the names of I2C addresses begin; two hexadecimal digits follow.</summary>
    public const string I2cPrefix = Prefix + "i2c-0x";

    /// <summary>The resource of analog channel 0.</summary>
    public const int Analog = 64;

    /// <summary>The resource of I2C address 0.</summary>
    public const int I2c = 128;

    /// <summary>The number of resources that there can be.</summary>
    public const int End = 256;

    /// <summary>The most pins that a board offers: each is a line of the Node's capacity and one of the allocatable.</summary>
    public const int MaxPins = 8;

    /// <summary>The most analog channels that a board offers.</summary>
    public const int MaxAnalog = 4;

    /// <summary>The most I2C addresses that a board offers.</summary>
    public const int MaxI2c = 8;

    /// <summary>The first I2C address of a device; those below are reserved (I2C-bus specification UM10204, 3.1.12).</summary>
    public const int FirstAddress = 0x08;

    /// <summary>The last I2C address of a device; those above are reserved.</summary>
    public const int LastAddress = 0x77;

    private const string PinPrefix = Prefix + "gpio-";
    private const string AnalogPrefix = Prefix + "adc-";
    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[End / WordBits];

    /// <summary>Gets the pins among them, a bit each.</summary>
    public ulong Pins => _words[0];

    /// <summary>Gets how many there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < End; i++)
            {
                count += Has(i) ? 1 : 0;
            }

            return count;
        }
    }

    /// <summary>Gets whether a resource is among them.</summary>
    /// <param name="resource">From 0 to <see cref="End"/> - 1.</param>
    /// <returns>Whether it is.</returns>
    public bool Has(int resource)
    {
        return (_words[resource / WordBits] & (1UL << (resource % WordBits))) != 0;
    }

    /// <summary>Adds a resource.</summary>
    /// <param name="resource">From 0 to <see cref="End"/> - 1.</param>
    public void Add(int resource)
    {
        _words[resource / WordBits] |= 1UL << (resource % WordBits);
    }

    /// <summary>Gets a resource's name, as the Node and the limits of containers have it.</summary>
    /// <param name="resource">From 0 to <see cref="End"/> - 1.</param>
    /// <returns>The name: <c>picokubelet.io/gpio-4</c>, <c>picokubelet.io/adc-0</c>, <c>picokubelet.io/i2c-0x23</c>.</returns>
    public static string NameOf(int resource)
    {
        return resource < Analog ? PinPrefix + resource.ToString()
            : resource < I2c ? AnalogPrefix + (resource - Analog).ToString()
            : I2cPrefix + Hex.ToText(new byte[] { (byte)(resource - I2c) });
    }

    /// <summary>Tells which resource a name stands for.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The resource, or -1 where it is none of a board's.</returns>
    public static int Parse(string name)
    {
        int resource = -1;
        if (name.StartsWith(PinPrefix))
        {
            resource = ParseNumber(name, PinPrefix.Length);
        }
        else if (name.StartsWith(AnalogPrefix))
        {
            resource = Analog + ParseNumber(name, AnalogPrefix.Length);
        }
        else if (name.StartsWith(I2cPrefix) && name.Length == I2cPrefix.Length + 2)
        {
            int address = (Hex.ValueOf(name[I2cPrefix.Length]) << 4) | Hex.ValueOf(name[I2cPrefix.Length + 1]);
            resource = address >= FirstAddress && address <= LastAddress ? I2c + address : -1;
        }

        // One name each.
        return resource >= 0 && NameOf(resource) == name ? resource : -1;
    }

    private static int ParseNumber(string name, int from)
    {
        return int.TryParse(name.Substring(from), out int number) && number >= 0 && number < WordBits ? number : -1;
    }
}
