using PicoKubelet.Events;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

// What a program reports by itself, gauges, counters and Events, and what the board's ConfigMap tells it.
internal sealed partial class PicoModule
{
    private const int SetGauge = 20;
    private const int AddToCounter = 21;
    private const int TellEvent = 22;
    private const int GetConfiguration = 23;

    private const int TryAgain = 6;
    private const int BadAddress = 21;
    private const int NoEntry = 44;
    private const int NoSpace = 51;

    /// <summary>The most bytes of a name.</summary>
    public const int MaxNameBytes = 32;

    private const int MaxMessageBytes = 128;

    private int CallValue(int number, WasmHostCall call)
    {
        try
        {
            return number switch
            {
                TellEvent => Tell(call),
                GetConfiguration => CopyConfiguration(call),
                _ => Report(call, number == AddToCounter),
            };
        }
        catch (WasmTrapException e) when (e.Kind == WasmTrapKind.OutOfBoundsMemoryAccess)
        {
            return number == GetConfiguration ? -BadAddress : BadAddress;
        }
    }

    private int Report(WasmHostCall call, bool isCounter)
    {
        int length = call.GetInt32(1);
        long thousandths = call.GetBits(2);
        if (length < 1 || length > MaxNameBytes || (isCounter && thousandths < 0))
        {
            return InvalidArgument;
        }

        call.Memory.Read(call.GetInt32(0), _text, 0, length);
        if (!IsWord(length, true) || IsDigit(_text[0]))
        {
            return InvalidArgument;
        }

        ProgramReports reports = _host.Owner.MakeReports();
        int index = reports.FindOrAdd(_text, length, isCounter);
        if (index < 0)
        {
            return NoSpace;
        }

        long before = isCounter ? reports.Thousandths(index) : 0;
        if (isCounter && thousandths > long.MaxValue - before)
        {
            return InvalidArgument;
        }

        reports.Set(index, before + thousandths);
        return 0;
    }

    private int Tell(WasmHostCall call)
    {
        int reason = call.GetInt32(1);
        int message = call.GetInt32(3);
        if (reason < 1 || reason > MaxNameBytes || message < 0 || message > MaxMessageBytes)
        {
            return InvalidArgument;
        }

        call.Memory.Read(call.GetInt32(0), _text, 0, reason);
        call.Memory.Read(call.GetInt32(2), _text, reason, message);
        if (!IsWord(reason, false) || _text[0] < 'A' || _text[0] > 'Z' || !IsText(reason, reason + message))
        {
            return InvalidArgument;
        }

        EventTarget about = _host.Owner.MakeTarget();
        if (!_host.Context.Events.IsReadyFor(about))
        {
            return TryAgain;
        }

        string text = message == 0 ? "" : Utf8.Encoding.GetString(_text, reason, message);
        _host.Context.Events.Record(about, EventRecorder.Normal, Utf8.Encoding.GetString(_text, 0, reason), text);
        return 0;
    }

    private int CopyConfiguration(WasmHostCall call)
    {
        int length = call.GetInt32(1);
        int room = call.GetInt32(3);
        if (length < 1 || room < 0)
        {
            return -InvalidArgument;
        }

        if (length > MaxNameBytes)
        {
            return -NoEntry;
        }

        call.Memory.Read(call.GetInt32(0), _text, 0, length);
        Labels values = _host.Context.Configuration.Programs;
        for (int i = 0; i < values.Count; i++)
        {
            if (ProgramReports.IsName(values.Key(i), _text, length))
            {
                string value = values.Value(i);
                int bytes = value.Length == 0 ? 0 : Utf8.Encoding.GetBytes(value, 0, value.Length, _text, 0);
                call.Memory.Write(call.GetInt32(2), _text, 0, bytes < room ? bytes : room);
                return bytes;
            }
        }

        return -NoEntry;
    }

    private static bool IsDigit(byte letter) => letter >= '0' && letter <= '9';

    /// <summary>Looks whether the text begins with ASCII letters and digits alone.</summary>
    private bool IsWord(int length, bool mayHaveUnderscores)
    {
        for (int i = 0; i < length; i++)
        {
            int lower = _text[i] | 0x20;
            if ((lower < 'a' || lower > 'z') && !IsDigit(_text[i]) && !(mayHaveUnderscores && _text[i] == '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks whether a part of the text is UTF-8 without control characters.</summary>
    private bool IsText(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            int lead = _text[i];
            int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
            if (lead < ' ' || lead == 0x7f || more < 0 || more >= end - i)
            {
                return false;
            }

            // Neither longer than need be, nor half of a pair, nor past the last: the Unicode Standard, table 3-7.
            int second = _text[i + (more > 0 ? 1 : 0)];
            if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
            {
                return false;
            }

            for (; more > 0; more--)
            {
                if ((_text[++i] & 0xC0) != 0x80)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
