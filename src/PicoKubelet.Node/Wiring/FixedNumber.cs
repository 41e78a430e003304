using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>A number of at most nine digits with decimals: exact, and without floating point, which some runtimes lack. It is never changed.</summary>
public sealed class FixedNumber
{
    /// <summary>0.</summary>
    public static readonly FixedNumber Zero = new FixedNumber(0, 0);

    /// <summary>1.</summary>
    public static readonly FixedNumber One = new FixedNumber(1, 0);

    // Values are told in millionths.
    private const int Decimals = 6;

    private readonly int _digits;
    private readonly int _decimals;

    /// <summary>Initializes the number.</summary>
    /// <param name="digits">Its digits, as a whole number.</param>
    /// <param name="decimals">How many of them are decimals, 9 at most.</param>
    public FixedNumber(int digits, int decimals)
    {
        _digits = digits;
        _decimals = decimals;
    }

    /// <summary>Gets whether it is from -1000 to 1000.</summary>
    public bool IsSmall => MillionthsTimes(1) <= 1000000000L && MillionthsTimes(1) >= -1000000000L;

    /// <summary>Multiplies.</summary>
    /// <param name="factor">A whole number of at most 32 bits; where it is larger than 1000, the number <see cref="IsSmall"/>.</param>
    /// <returns>The product, in millionths.</returns>
    public long MillionthsTimes(long factor)
    {
        // At most 4.3e9 times 1e9, or times 1e3 and 1e6: below 9.2e18.
        long product = factor * _digits;
        for (int i = _decimals; i < Decimals; i++)
        {
            product *= 10;
        }

        for (int i = Decimals; i < _decimals; i++)
        {
            product /= 10;
        }

        return product;
    }

    /// <summary>Compares.</summary>
    /// <param name="other">The other number.</param>
    /// <returns>Whether it is the same.</returns>
    public bool IsSameAs(FixedNumber other)
    {
        return _digits == other._digits && _decimals == other._decimals;
    }

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    public void Write(Utf8Writer output)
    {
        output.WriteDecimal(_digits, _decimals);
    }
}
