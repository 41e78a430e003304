using System;
using PicoKubelet.Outputs;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>The functions of the module <c>pico</c>: what a program for a board needs beyond WASI. The header in sdk/ declares the same.</summary>
internal sealed partial class PicoModule : IWasmImports
{
    /// <summary>The name under which programs import the functions.</summary>
    public const string Name = "pico";

    /// <summary>The function with which a program asks whether it is to end.</summary>
    public const string StopRequested = "stop_requested";

    // WASI's numbers of errors; a function that has a result gives them negated.
    internal const int InputOutput = 29;
    internal const int InvalidArgument = 28;
    internal const int NoSuchFunction = 52;
    internal const int NotPermitted = 63;

    private const long NanosecondsPerMillisecond = 1000000;
    private const int MaxLogBytes = 256;
    private const int MaxTransferBytes = 32;

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
            "gauge_set" => new PicoFunction(this, "iiI:i", SetGauge),
            "counter_add" => new PicoFunction(this, "iiI:i", AddToCounter),
            "event" => new PicoFunction(this, "iiii:i", TellEvent),
            "config_get" => new PicoFunction(this, "iiii:i", GetConfiguration),
            "pin_watch" => new PicoFunction(this, "iii:i", 10),
            "pin_edges" => new PicoFunction(this, "i:i", 11),
            "pin_wait" => new PicoFunction(this, "ii:i", 12),
            "analog_read" => new PicoFunction(this, "i:i", 13),
            "pwm_write" => new PicoFunction(this, "iii:i", 14),
            "i2c_transfer" => new PicoFunction(this, "iiiii:i", 15),
            _ => null,
        };
    }

    /// <summary>Does what a function does.</summary>
    public void Call(int number, WasmHostCall call)
    {
        switch (number)
        {
            case 0:
                call.SetInt32(Devices == null ? NotPermitted : Devices.WritePin(call.GetInt32(0), call.GetInt32(1) != 0));
                break;
            case 1:
                call.SetInt32(Devices == null ? -NotPermitted : Devices.ReadPin(call.GetInt32(0)));
                break;
            case 2:
                call.SetInt32(_host.SwitchLed(call.GetInt32(0) != 0));
                break;
            case 3:
                call.SetInt32(IsCell(call.GetInt32(0)) ? _host.Context.Cells[call.GetInt32(0)] : -InvalidArgument);
                break;
            case 4:
                call.SetInt32(WriteCell(call.GetInt32(0), call.GetInt32(1)));
                break;
            case 5:
                call.SetBits(_host.Milliseconds);
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
            case SetGauge:
            case AddToCounter:
            case TellEvent:
            case GetConfiguration:
                call.SetInt32(CallValue(number, call));
                break;
            case 10:
                call.SetInt32(Devices == null ? NotPermitted : Devices.WatchPin(call.GetInt32(0), call.GetInt32(1), call.GetInt32(2)));
                break;
            case 11:
                call.SetInt32(Find(call, out int fault) is WatchedPin counted ? counted.Edges & int.MaxValue : fault);
                break;
            case 12:
                AwaitEdge(call);
                break;
            case 13:
                call.SetInt32(Devices == null ? -NotPermitted : Devices.ReadAnalog(call.GetInt32(0)));
                break;
            case 14:
                call.SetInt32(Devices == null ? NotPermitted : Devices.WritePwm(call.GetInt32(0), call.GetInt32(1), call.GetInt32(2)));
                break;
            case 15:
                call.SetInt32(TransferI2c(call));
                break;
            default:
                call.SetInt32(_host.IsStopRequested ? 1 : 0);
                break;
        }
    }

    private ProgramDevices Devices => _host.Devices;

    private static bool IsCell(int index)
    {
        return index >= 0 && index < MemoryCells.Count;
    }

    private WatchedPin Find(WasmHostCall call, out int error)
    {
        error = -NotPermitted;
        return Devices?.FindWatched(call.GetInt32(0), out error);
    }

    /// <summary>Parks the program until the edge, and is called anew then: nothing looks at the pin but what looks at all inputs.</summary>
    private void AwaitEdge(WasmHostCall call)
    {
        WatchedPin pin = Find(call, out int error);
        if (pin == null)
        {
            call.SetInt32(error);
            return;
        }

        int edges = pin.Edges;
        bool isThere = edges != pin.SeenEdges;
        pin.SeenEdges = edges;

        // On top of a program that may wait itself a probe's function does not.
        if (call.Instance.ActiveCalls == 1)
        {
            long now = _host.Nanoseconds(1);
            if (Devices.Awaited != pin)
            {
                Devices.AwaitedUntil = now + ((uint)call.GetInt32(1) * NanosecondsPerMillisecond);
            }

            bool goesOn = isThere || _host.IsStopRequested || now >= Devices.AwaitedUntil;
            Devices.Awaited = goesOn ? null : pin;
            if (!goesOn)
            {
                call.RetryAt(Devices.AwaitedUntil);
                return;
            }
        }

        call.SetInt32(isThere ? 1 : 0);
    }

    private int TransferI2c(WasmHostCall call)
    {
        int writeCount = call.GetInt32(2);
        int readCount = call.GetInt32(4);
        I2cClaim device = Devices?.FindAddress(call.GetInt32(0));
        if (device == null)
        {
            return NotPermitted;
        }

        if ((uint)writeCount > MaxTransferBytes || (uint)readCount > MaxTransferBytes || (writeCount | readCount) == 0)
        {
            return InvalidArgument;
        }

        try
        {
            call.Memory.Read(call.GetInt32(1), _text, 0, writeCount);
            device.Transfer(_text, writeCount, readCount);
            call.Memory.Write(call.GetInt32(3), _text, 0, readCount);
            return 0;
        }
        catch (WasmTrapException)
        {
            return BadAddress;
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
