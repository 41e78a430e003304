using System;
using System.Threading;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Time;
using PicoKubelet.Wiring;

namespace PicoKubelet.Inputs;

/// <summary>
/// What is wired to the board, in use as the configuration describes it: a timer looks at it, ever so often and for a bounded time,
/// while there is anything to look at. The endpoints read what it found.
/// </summary>
/// <remarks>
/// A pin's own events would come from the runtime's one thread for them, and an input that flutters would keep it from everything else;
/// a look costs the same whatever the inputs do.
/// </remarks>
public sealed partial class BoardInputs : IWired
{
    /// <summary>The time between two looks, milliseconds: eight inputs take a Pico W a tenth of its time. What is shorter may not be seen.</summary>
    public const int Interval = 50;

    // Sensors alone bear to wait.
    private const int SensorInterval = 100;

    private readonly WiredPartMaker _maker;
    private readonly EventRecorder _events;
    private readonly TimeKeeper _time;
    private readonly IClock _clock;
    private readonly object _gate = new object();

    // Made when something is wired to the board.
    private WiredPart[] _parts = new WiredPart[0];
    private Timer _timer;
    private int _interval;
    private int _count;
    private int _turn;
    private bool _isStarted;

    /// <summary>Initializes the inputs; none is in use.</summary>
    /// <param name="pins">The board's pins.</param>
    /// <param name="peripherals">What the chip has besides their levels, or null.</param>
    /// <param name="events">Tells edges.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="clock">The monotonic clock.</param>
    public BoardInputs(BoardPins pins, IPeripherals peripherals, EventRecorder events, string nodeName, TimeKeeper time, IClock clock)
    {
        _maker = new WiredPartMaker(pins, peripherals, nodeName, clock);
        _events = events;
        _time = time;
        _clock = clock;
    }

    /// <inheritdoc/>
    public I2cBuses Buses
    {
        get
        {
            lock (_gate)
            {
                return _maker.Buses;
            }
        }
    }

    /// <summary>Finds the next part of a kind. For any thread.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="index">Where to begin, 0 for the first; set behind what was found.</param>
    /// <returns>The part, or null where there is no other.</returns>
    public WiredPart Next(WiredKind kind, ref int index)
    {
        while (index < _parts.Length)
        {
            WiredPart part = _parts[index++];
            if (part != null && part.Spec.Kind == kind)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>Finds the next sensor, whatever its kind. For any thread.</summary>
    /// <param name="index">Where to begin, 0 for the first; set behind what was found.</param>
    /// <returns>The sensor, or null where there is no other.</returns>
    public Sensor NextSensor(ref int index)
    {
        while (index < _parts.Length)
        {
            if (_parts[index++] is Sensor sensor)
            {
                return sensor;
            }
        }

        return null;
    }

    /// <summary>Begins to look by itself. A test does without, and calls <see cref="Look()"/>.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _isStarted = true;
            SetTimer();
        }
    }

    /// <summary>Ends to look by itself. For the PC.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStarted = false;
            SetTimer();
        }
    }

    /// <inheritdoc/>
    public void Keep(WiredKind kind, WiredList wanted)
    {
        lock (_gate)
        {
            int kept = 0;
            for (int i = 0; i < _count; i++)
            {
                WiredPart part = _parts[i];
                WiredSpec spec = part.Spec.Kind == kind ? wanted.Find(part.Spec.Name) : part.Spec;
                if (spec != null && spec.IsSameAs(part.Spec))
                {
                    _parts[kept++] = part;
                }
                else
                {
                    Close(part);
                }
            }

            Array.Clear(_parts, kept, _count - kept);
            _count = kept;
            SetTimer();
        }
    }

    /// <inheritdoc/>
    public void Use(WiredSpec spec)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_parts[i].Spec.Kind == spec.Kind && _parts[i].Spec.Name == spec.Name)
                {
                    return;
                }
            }

            if (_parts.Length == 0)
            {
                _parts = new WiredPart[WiredLimits.All];
            }

            WiredPart part = _maker.Make(spec);
            try
            {
                part.Open();
            }
            catch (Exception)
            {
                Close(part);
                throw;
            }

            _parts[_count] = part;
            _count++;
            SetTimer();
        }
    }

    /// <summary>Looks at all inputs, and at one of the sensors that are due.</summary>
    public void Look()
    {
        lock (_gate)
        {
            bool hasMeasured = false;
            for (int i = 0; i < _count; i++)
            {
                WiredPart part = _parts[(i + _turn) % _count];
                if (part is DigitalInput input)
                {
                    Look(input);
                }
                else if (!hasMeasured && part is Sensor sensor && sensor.IsDue)
                {
                    hasMeasured = true;
                    Look(sensor);
                }
            }

            LookAtWatched();

            // So that none comes last for ever.
            _turn = hasMeasured ? (_turn + 1) % _parts.Length : _turn;
        }
    }

    private static void Close(WiredPart part)
    {
        try
        {
            part.Close();
        }
        catch (Exception)
        {
            // It is not used any more, whatever its hardware says to that.
        }
    }

    private static void Look(Sensor sensor)
    {
        try
        {
            sensor.Measure();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            sensor.Errors++;
        }
    }

    // All timers' callbacks share one thread: nothing here waits.
    private void OnTimer(object state)
    {
        try
        {
            if (_timer != null)
            {
                Look();
            }
        }
        catch (Exception)
        {
            // An Event may find no memory: the supervisor looks at that.
        }
    }

    private void Look(DigitalInput input)
    {
        try
        {
            if (input.Sample(_clock.Milliseconds) && input.About != null && _time.IsSet)
            {
                _events.Record(
                    input.About, EventRecorder.Normal, input.IsOn ? EventReason.InputOn : EventReason.InputOff,
                    "input " + input.Spec.Name + " (GPIO" + input.Pin.ToString() + ") is " + (input.IsOn ? "on" : "off"));
            }
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception)
        {
            input.Errors++;
        }
    }

    private void SetTimer()
    {
        int index = 0;
        int wanted = !_isStarted || (_count == 0 && _watchedCount == 0) ? 0
            : _watchedCount > 0 || Next(WiredKind.Input, ref index) != null ? Interval : SensorInterval;
        if (wanted == _interval)
        {
            return;
        }

        _interval = wanted;
        _timer?.Dispose();
        _timer = wanted == 0 ? null : new Timer(OnTimer, null, wanted, wanted);
    }
}
