using System;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>The functions of the module <c>pico</c>: what a program for a board needs beyond WASI. The header in sdk/ declares the same.</summary>
internal sealed class PicoModule : IWasmImports
{
    /// <summary>The name under which programs import the functions.</summary>
    public const string Name = "pico";

    /// <summary>The function with which a program asks whether it is to end.</summary>
    public const string StopRequested = "stop_requested";

    // WASI's numbers of errors; a function that has a result gives them negated.
    private const int InputOutput = 29;
    private const int InvalidArgument = 28;
    private const int NoSuchFunction = 52;
    private const int NotPermitted = 63;

    private const long NanosecondsPerMillisecond = 1000000;
    private const int MaxLogBytes = 256;

    private readonly ProgramHost _host;
    private readonly byte[] _text = new byte[MaxLogBytes + 1];

    public PicoModule(ProgramHost host)
    {
        _host = host;
    }

    /// <inheritdoc/>
    public object Find(string module, string name)
    {
        if (module != Name)
        {
            return null;
        }

        return name switch
        {
            "pin_write" => new PicoFunction(this, "ii:i", 0),
            "pin_read" => new PicoFunction(this, "i:i", 1),
            "led_write" => new PicoFunction(this, "i:i", 2),
            "cell_read" => new PicoFunction(this, "i:i", 3),
            "cell_write" => new PicoFunction(this, "ii:i", 4),
            "uptime_ms" => new PicoFunction(this, ":I", 5),
            "time_ms" => new PicoFunction(this, ":I", 6),
            "sleep_ms" => new PicoFunction(this, "i:", 7),
            "log" => new PicoFunction(this, "ii:", 8),
            StopRequested => new PicoFunction(this, ":i", 9),
            _ => null,
        };
    }

    /// <summary>Does what a function does.</summary>
    public void Call(int number, WasmHostCall call)
    {
        switch (number)
        {
            case 0:
                call.SetInt32(WritePin(call.GetInt32(0), call.GetInt32(1) != 0));
                break;
            case 1:
                call.SetInt32(ReadPin(call.GetInt32(0)));
                break;
            case 2:
                call.SetInt32(WriteLed(call.GetInt32(0) != 0));
                break;
            case 3:
                call.SetInt32(IsCell(call.GetInt32(0)) ? _host.Context.Cells[call.GetInt32(0)] : -InvalidArgument);
                break;
            case 4:
                call.SetInt32(WriteCell(call.GetInt32(0), call.GetInt32(1)));
                break;
            case 5:
                call.SetBits(_host.Context.Clock.Milliseconds);
                break;
            case 6:
                call.SetBits(_host.Nanoseconds(0) / NanosecondsPerMillisecond);
                break;
            case 7:
                // Waits by the clock of WASI's own waits.
                call.WaitUntil(_host.Nanoseconds(1) + ((uint)call.GetInt32(0) * NanosecondsPerMillisecond));
                break;
            case 8:
                WriteLog(call);
                break;
            default:
                call.SetInt32(_host.IsStopRequested ? 1 : 0);
                break;
        }
    }

    private static bool IsCell(int index)
    {
        return index >= 0 && index < MemoryCells.Count;
    }

    private bool IsPin(int pin)
    {
        return _host.Pins != null && pin >= 0 && pin < BoardPins.Count && (_host.Pins.Pins & (1UL << pin)) != 0;
    }

    private int WritePin(int pin, bool isHigh)
    {
        if (!IsPin(pin))
        {
            return NotPermitted;
        }

        try
        {
            _host.Pins.Write(pin, isHigh);
            return 0;
        }
        catch (Exception)
        {
            return InputOutput;
        }
    }

    private int ReadPin(int pin)
    {
        if (!IsPin(pin))
        {
            return -NotPermitted;
        }

        try
        {
            return _host.Pins.Read(pin) ? 1 : 0;
        }
        catch (Exception)
        {
            return -InputOutput;
        }
    }

    private int WriteLed(bool isOn)
    {
        BoardLed led = _host.Context.Outputs.Led;
        if (!led.IsPresent)
        {
            return NoSuchFunction;
        }

        try
        {
            _host.UsedLed = true;
            led.Show(isOn ? LedDisplay.On : LedDisplay.Off);
            return 0;
        }
        catch (Exception)
        {
            return InputOutput;
        }
    }

    private int WriteCell(int index, int value)
    {
        if (!IsCell(index))
        {
            return InvalidArgument;
        }

        _host.Context.Cells[index] = (byte)value;
        return 0;
    }

    private void WriteLog(WasmHostCall call)
    {
        int length = call.GetInt32(1);
        length = (uint)length < MaxLogBytes ? length : MaxLogBytes;
        call.Memory.Read(call.GetInt32(0), _text, 0, length);
        _text[length] = 10;
        _host.Log.Write(_text, length + 1, _host.Context.UtcNow);
    }
}
