using System.Threading;
using PicoKubelet.Runtime;

namespace PicoKubelet.Configuration;

/// <summary>
/// Hands what a watch found to the node's loop, one finding at a time: until it was taken, whoever found it waits, so that what
/// the reader holds is never touched by two threads.
/// </summary>
internal sealed class ConfigMapMailbox
{
    private const int Patience = 1000;

    private readonly AutoResetEvent _taken = new AutoResetEvent(false);
    private readonly object _gate = new object();
    private ConfigMapFinding _finding;
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

    /// <summary>Gets the finding.</summary>
    public ConfigMapFinding Finding => _finding;

    /// <summary>Hands a finding over and waits until it was taken.</summary>
    /// <returns>Whether it was dealt with; otherwise it is to be found again.</returns>
    public bool Put(ConfigMapFinding finding)
    {
        lock (_gate)
        {
            _finding = finding;
            _isFull = true;
        }

        Receiver?.Wake();
        while (IsFull && !_isClosed)
        {
            _taken.WaitOne(Patience, false);
        }

        return _isDone;
    }

    /// <summary>Empties the mailbox, after the finding was used.</summary>
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
