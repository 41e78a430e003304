using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>Up to three bytes that are written to a sensor. They are never changed.</summary>
public sealed class I2cBytes
{
    /// <summary>The most bytes.</summary>
    public const int Most = 3;

    /// <summary>No bytes.</summary>
    public static readonly I2cBytes None = new I2cBytes(0, 0);

    private readonly int _value;

    /// <summary>Initializes the bytes.</summary>
    /// <param name="value">The bytes as one number, the first the highest.</param>
    /// <param name="count">How many they are.</param>
    public I2cBytes(int value, int count)
    {
        _value = value;
        Count = count;
    }

    /// <summary>Gets how many they are.</summary>
    public int Count { get; }

    /// <summary>Puts them at the beginning of a buffer.</summary>
    /// <param name="buffer">The buffer.</param>
    public void CopyTo(byte[] buffer)
    {
        for (int i = 0; i < Count; i++)
        {
            buffer[i] = (byte)(_value >> (8 * (Count - 1 - i)));
        }
    }

    /// <summary>Compares.</summary>
    /// <param name="other">Others.</param>
    /// <returns>Whether they are the same.</returns>
    public bool IsSameAs(I2cBytes other)
    {
        return _value == other._value && Count == other.Count;
    }

    /// <summary>Writes a word and them behind it, where there are any.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="word">The word.</param>
    public void Write(Utf8Writer output, string word)
    {
        if (Count > 0)
        {
            output.Write(word);
            output.Write("0x");
            for (int shift = (8 * Count) - 4; shift >= 0; shift -= 4)
            {
                output.WriteByte(Hex.Digit(_value >> shift));
            }
        }
    }
}
