using PicoKubelet.Text;

namespace PicoKubelet.Programs;

/// <summary>Decodes base64 (RFC 4648, section 4) into a program, as it streams by.</summary>
public sealed class Base64Program : IByteSink
{
    private const int BatchBytes = 48;

    private readonly ProgramBytes _program;
    private readonly byte[] _batch = new byte[BatchBytes];
    private int _batchLength;
    private int _bits;
    private int _letters;
    private int _padding;
    private bool _isBroken;

    /// <summary>Initializes the decoder.</summary>
    /// <param name="program">Where the bytes go.</param>
    public Base64Program(ProgramBytes program)
    {
        _program = program;
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        for (int i = offset; i < offset + count && !_isBroken; i++)
        {
            int value = Base64.ValueOf(buffer[i]);
            if (value >= 0 && _padding == 0)
            {
                Take(value);
            }
            else if (buffer[i] == '=')
            {
                _padding++;
            }
            else
            {
                _isBroken = true;
            }
        }
    }

    /// <summary>Ends the text.</summary>
    /// <returns>Whether it was base64.</returns>
    public bool End()
    {
        // A group of two or three letters holds one or two bytes, and ends in as many signs of padding as are missing.
        int rest = _letters & 3;
        if (rest > 1)
        {
            _bits <<= 6 * (4 - rest);
            Put(_bits >> 16);
            if (rest == 3)
            {
                Put(_bits >> 8);
            }
        }

        Flush();
        return !_isBroken && rest != 1 && ((rest + _padding) & 3) == 0 && _padding < 3;
    }

    private void Take(int value)
    {
        _bits = (_bits << 6) | value;
        _letters++;
        if ((_letters & 3) == 0)
        {
            Put(_bits >> 16);
            Put(_bits >> 8);
            Put(_bits);
            _bits = 0;
        }
    }

    private void Put(int value)
    {
        _batch[_batchLength++] = (byte)value;
        if (_batchLength == BatchBytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _program.Write(_batch, 0, _batchLength);
        _batchLength = 0;
    }
}
