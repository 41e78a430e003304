using System;

namespace PicoKubelet.Text;

/// <summary>
/// Writes text as UTF-8 into one buffer that lives as long as the firmware. Nothing is allocated once it is made.
/// A write that does not fit leaves nothing behind, sets <see cref="Overflowed"/> and makes the later ones do nothing,
/// so that a document is checked once, at its end.
/// </summary>
public sealed class Utf8Writer
{
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private bool _overflowed;

    /// <summary>Writes into a buffer that the caller shares.</summary>
    /// <param name="buffer">Where the bytes go; its length is the bound.</param>
    public Utf8Writer(byte[] buffer)
    {
        _buffer = buffer;
    }

    /// <summary>Writes into a buffer of its own.</summary>
    /// <param name="capacity">How many bytes the buffer holds.</param>
    public Utf8Writer(int capacity)
        : this(new byte[capacity])
    {
    }

    /// <summary>The whole buffer; the content is <see cref="Length"/> bytes from <see cref="Start"/> on.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The offset in <see cref="Buffer"/> at which the content begins.</summary>
    public int Start => _start;

    /// <summary>The content's bytes.</summary>
    public int Length => _end - _start;

    /// <summary>Whether something did not fit. The content is incomplete then and must not be used.</summary>
    public bool Overflowed => _overflowed;

    /// <summary>Drops the content.</summary>
    /// <param name="start">Where the next content begins: bytes that stay free in front of it, for a header say.</param>
    /// <exception cref="ArgumentException"><paramref name="start"/> lies outside the buffer.</exception>
    public void Reset(int start = 0)
    {
        if (start < 0 || start > _buffer.Length)
        {
            throw new ArgumentException("start");
        }

        _start = start;
        _end = start;
        _overflowed = false;
    }

    /// <summary>Writes text. A surrogate without its other half becomes U+FFFD.</summary>
    /// <param name="text">What to write; null writes nothing.</param>
    public void Write(string text)
    {
        if (text == null)
        {
            return;
        }

        int length = text.Length;
        if (!HasRoom(length))
        {
            return;
        }

        // The encoder and not a loop over the chars: on the device a supplementary character's two chars both read as its
        // first half, and each look at a char counts through the whole string.
        try
        {
            _end += Utf8.Encoding.GetBytes(text, 0, length, _buffer, _end);
        }
        catch (ArgumentException)
        {
            // The chars would fit, their bytes do not.
            _overflowed = true;
        }
    }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="bytes">Where the bytes are.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    public void Write(byte[] bytes, int offset, int count)
    {
        if (HasRoom(count))
        {
            Array.Copy(bytes, offset, _buffer, _end, count);
            _end += count;
        }
    }

    /// <summary>Writes one byte as it is.</summary>
    /// <param name="b">The byte.</param>
    public void WriteByte(byte b)
    {
        if (HasRoom(1))
        {
            _buffer[_end++] = b;
        }
    }

    /// <summary>Writes a whole number in decimal.</summary>
    /// <param name="number">The number.</param>
    public void Write(long number)
    {
        WriteNumber(number, 1);
    }

    /// <summary>Writes a whole number in decimal, with zeros in front.</summary>
    /// <param name="number">The number; a negative one has its sign before the zeros.</param>
    /// <param name="digits">How many digits at least.</param>
    public void WritePadded(int number, int digits)
    {
        WriteNumber(number, digits);
    }

    /// <summary>Writes a number that is counted in thousandths: 12345 becomes 12.345.</summary>
    /// <param name="thousandths">The number.</param>
    public void WriteThousandths(long thousandths)
    {
        if (thousandths < 0)
        {
            WriteByte((byte)'-');
            thousandths = -thousandths;
        }

        Write(thousandths / 1000);
        WriteByte((byte)'.');
        WritePadded((int)(thousandths % 1000), 3);
    }

    /// <summary>Writes a number with decimals, without zeros at their end: 21500 of which 3 are decimals becomes 21.5.</summary>
    /// <param name="number">The number.</param>
    /// <param name="decimals">How many of its digits are decimals, 9 at most.</param>
    public void WriteDecimal(long number, int decimals)
    {
        if (number < 0)
        {
            WriteByte((byte)'-');
            number = -number;
        }

        long unit = 1;
        for (int i = 0; i < decimals; i++)
        {
            unit *= 10;
        }

        Write(number / unit);
        int rest = (int)(number % unit);
        if (rest == 0)
        {
            return;
        }

        for (; rest % 10 == 0; rest /= 10)
        {
            decimals--;
        }

        WriteByte((byte)'.');
        WritePadded(rest, decimals);
    }

    /// <summary>Makes the content longer by bytes that the caller then fills.</summary>
    /// <returns>Whether there was room.</returns>
    internal bool TryExtend(int count)
    {
        if (!HasRoom(count))
        {
            return false;
        }

        _end += count;
        return true;
    }

    private void WriteNumber(long number, int minDigits)
    {
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10)
        {
            digits++;
        }

        if (digits < minDigits)
        {
            digits = minDigits;
        }

        int sign = number < 0 ? 1 : 0;
        if (!HasRoom(sign + digits))
        {
            return;
        }

        if (number < 0)
        {
            _buffer[_end] = (byte)'-';
        }

        int first = _end + sign;
        for (int i = first + digits - 1; i >= first; i--)
        {
            // Digit by digit, since the smallest long has no positive counterpart.
            int digit = (int)(number % 10);
            _buffer[i] = (byte)('0' + (digit < 0 ? -digit : digit));
            number /= 10;
        }

        _end = first + digits;
    }

    private bool HasRoom(int count)
    {
        if (!_overflowed && count > _buffer.Length - _end)
        {
            _overflowed = true;
        }

        return !_overflowed;
    }
}
