namespace PicoKubelet.Wasm;


/// <summary>
/// What a program has come to, on its way out to be kept or back in: numbers one after the other, in as few bytes as each needs. The same calls do
/// both, so that what is read is what was written. Nothing is thrown for what is read, be it whatever it is.
/// </summary>
public abstract class WasmState
{
    private const int BufferBytes = 64;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _position;
    private int _count;

    /// <summary>Takes the direction.</summary>
    /// <param name="isReading">Whether it comes back in.</param>
    protected WasmState(bool isReading)
    {
        IsReading = isReading;
    }

    /// <summary>Whether it comes back in: then the numbers that are given do not matter.</summary>
    public bool IsReading { get; }

    /// <summary>Whether it can not be used: what was read ended too soon or is not what it should be.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Notes that it can not be used.</summary>
    public void Fail()
    {
        HasFailed = true;
    }

    /// <summary>Writes a number, or reads one.</summary>
    /// <param name="value">The number to write.</param>
    /// <returns>The number that was written or read; 0 once it has failed.</returns>
    public long Wide(long value)
    {
        if (IsReading)
        {
            return ReadNumber();
        }

        // As WebAssembly's own: seven bits a byte, the lowest first.
        var rest = (ulong)value;
        while (rest > 127)
        {
            Put((byte)(rest | 128));
            rest >>= 7;
        }

        Put((byte)rest);
        return value;
    }

    /// <summary>Writes a number of 32 bits, or reads one.</summary>
    /// <param name="value">The number to write.</param>
    /// <returns>The number that was written or read; 0 once it has failed.</returns>
    public int Narrow(int value)
    {
        var number = Wide((uint)value);
        if (number >> 32 != 0)
        {
            HasFailed = true;
        }

        return (int)number;
    }

    /// <summary>Writes what has to be the same when it is read; otherwise that fails.</summary>
    /// <param name="value">The number.</param>
    public void Match(int value)
    {
        if (Narrow(value) != value)
        {
            HasFailed = true;
        }
    }

    /// <summary>Writes what is not written yet.</summary>
    public void Flush()
    {
        if (!IsReading)
        {
            Transfer(_buffer, _count);
            _count = 0;
        }
    }

    /// <summary>Writes bytes, or reads some.</summary>
    /// <param name="buffer">Where they are, or go to; the first of them first.</param>
    /// <param name="count">How many; of those to read the most.</param>
    /// <returns>How many were read; 0 at the end.</returns>
    protected abstract int Transfer(byte[] buffer, int count);

    private void Put(byte value)
    {
        if (_count == BufferBytes)
        {
            Flush();
        }

        _buffer[_count++] = value;
    }

    private long ReadNumber()
    {
        long number = 0;
        for (var shift = 0; shift < 64 && !HasFailed; shift += 7)
        {
            if (_position == _count)
            {
                _position = 0;
                _count = Transfer(_buffer, BufferBytes);
            }

            if (_count == 0)
            {
                break;
            }

            var value = _buffer[_position++];
            number |= (long)(value & 127) << shift;
            if (value < 128)
            {
                return number;
            }
        }

        HasFailed = true;
        return 0;
    }
}
