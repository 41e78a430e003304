using System.Threading;

namespace PicoKubelet.Runtime;

/// <summary>
/// Hands what one thread found to another thread's loop, one finding at a time: until it was taken, whoever found it waits, so that
/// what it was read into is never touched by two threads.
/// </summary>
public sealed class Handover
{
    private const int Patience = 1000;

    private readonly AutoResetEvent _taken = new AutoResetEvent(false);
    private readonly object _gate = new object();
    private bool _isFull;
    private bool _isDone;
    private bool _isClosed;

    /// <summary>Gets or sets the loop that takes the findings.</summary>
    public Loop Receiver { get; set; }

    /// <summary>Gets whether there is a finding to take.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                return _isFull;
            }
        }
    }

    /// <summary>Gets the finding, a number of the finder's own.</summary>
    public int Finding { get; private set; }

    /// <summary>Hands a finding over and waits until it was taken.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Whether it was dealt with; otherwise it is to be found again.</returns>
    public bool Put(int finding)
    {
        lock (_gate)
        {
            Finding = finding;
            _isDone = false;
            _isFull = true;
        }

        Receiver?.Wake();
        while (IsFull && !_isClosed)
        {
            _taken.WaitOne(Patience, false);
        }

        return _isDone;
    }

    /// <summary>Makes room for the next finding, after this one was used.</summary>
    /// <param name="isDone">Whether it was dealt with.</param>
    public void Empty(bool isDone)
    {
        lock (_gate)
        {
            _isDone = isDone;
            _isFull = false;
        }

        _taken.Set();
    }

    /// <summary>Lets nobody wait any more.</summary>
    public void Close()
    {
        _isClosed = true;
        _taken.Set();
    }
}
