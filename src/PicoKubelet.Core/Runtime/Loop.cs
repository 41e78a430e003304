using System;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Time;

namespace PicoKubelet.Runtime;

/// <summary>
/// A thread that runs a body for ever: whatever the body throws is caught, counted and logged, and the loop goes on after a
/// wait that grows. On the device an exception that nobody catches would end the thread without a word.
/// </summary>
public sealed class Loop : IWatched
{
    private const int FirstFailureWait = 200;
    private const int LongestFailureWait = 10000;

    private readonly string _name;
    private readonly ILoopBody _body;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly Random _random;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private Thread _thread;
    private int _backoff;
    private bool _isStopping;

    /// <summary>Initializes the loop; it does not run yet.</summary>
    /// <param name="name">Its name in the log.</param>
    /// <param name="body">What it does.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="random">The jitter's source.</param>
    public Loop(string name, ILoopBody body, IClock clock, Logger log, Random random)
    {
        _name = name;
        _body = body;
        _clock = clock;
        _log = log;
        _random = random;
        DueBy = clock.Milliseconds;
    }

    /// <inheritdoc/>
    public string Name => _name;

    /// <summary>Gets the number of steps that threw.</summary>
    public int Failures { get; private set; }

    /// <summary>Gets the number of steps in a row that ran out of memory.</summary>
    public int OutOfMemoryInARow { get; private set; }

    /// <summary>Gets when the step that is under way began or the next one is due, in the clock's milliseconds. A loop that is long past it is stuck.</summary>
    public long DueBy { get; private set; }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run);
        _thread.Start();
    }

    /// <summary>Ends a wait between two steps.</summary>
    public void Wake()
    {
        _wake.Set();
    }

    /// <summary>Ends the loop after the step that is under way, and waits for it.</summary>
    /// <param name="timeoutMilliseconds">How long to wait at most.</param>
    /// <returns>Whether it has ended.</returns>
    public bool Stop(int timeoutMilliseconds)
    {
        _isStopping = true;
        _wake.Set();
        return _thread == null || _thread.Join(timeoutMilliseconds);
    }

    /// <summary>Does one step, and waits for nothing.</summary>
    /// <returns>How long to wait before the next, in milliseconds.</returns>
    public int Step()
    {
        DueBy = _clock.Milliseconds;
        int wait;
        try
        {
            wait = _body.Step();
            OutOfMemoryInARow = 0;
            _backoff = 0;
        }
        catch (OutOfMemoryException)
        {
            // Nothing is logged: a line would need the memory that there is not.
            Failures++;
            OutOfMemoryInARow++;
            wait = Backoff.Next(ref _backoff, FirstFailureWait, LongestFailureWait, _random);
        }
        catch (Exception e)
        {
            Failures++;
            wait = Backoff.Next(ref _backoff, FirstFailureWait, LongestFailureWait, _random);
            LogFailure(e);
        }

        DueBy = _clock.Milliseconds + wait;
        return wait;
    }

    private void LogFailure(Exception failure)
    {
        try
        {
            _log.Warn("loop failed", "loop", _name, "error", failure.GetType().Name + ": " + failure.Message);
        }
        catch (Exception)
        {
            // The line may find no memory; the loop goes on without it.
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            int wait = Step();
            if (wait > 0 && !_isStopping)
            {
                _wake.WaitOne(wait, false);
            }
        }
    }
}
