using System.Threading;
using PicoKubelet.Runtime;

namespace PicoKubelet.Configuration;

/// <summary>
/// A look at the ConfigMap that another thread than the node's loop asks for and waits for. Only a look that began after it was
/// asked for is an answer.
/// </summary>
internal sealed class LookRequest
{
    private const int Patience = 1000;

    private readonly ManualResetEvent _ended = new ManualResetEvent(false);
    private readonly object _gate = new object();
    private int _asked;
    private int _answered;
    private string _answer;

    /// <summary>Gets whether somebody waits for a look that has not begun.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _asked != _answered;
            }
        }
    }

    /// <summary>Begins a look.</summary>
    /// <returns>What to hand to <see cref="End"/>.</returns>
    public int Begin()
    {
        lock (_gate)
        {
            return _asked;
        }
    }

    /// <summary>Ends a look, for those who asked before it began.</summary>
    /// <param name="begun">What <see cref="Begin"/> returned.</param>
    /// <param name="answer">Null where the ConfigMap is in force, otherwise why not.</param>
    public void End(int begun, string answer)
    {
        lock (_gate)
        {
            _answered = begun;
            _answer = answer;
        }

        _ended.Set();
    }

    /// <summary>Asks for a look and waits for its end.</summary>
    /// <param name="loop">Who looks.</param>
    /// <param name="timeoutMilliseconds">How long to wait at most.</param>
    /// <returns>What <see cref="End"/> was given, or that it took too long.</returns>
    public string Ask(Loop loop, int timeoutMilliseconds)
    {
        int mine;
        lock (_gate)
        {
            mine = ++_asked;
        }

        loop.Wake();
        for (int waited = 0; waited < timeoutMilliseconds; waited += Patience)
        {
            _ended.WaitOne(Patience, false);
            lock (_gate)
            {
                if (_answered - mine >= 0)
                {
                    return _answer;
                }

                // The end of a look that had begun before.
                _ended.Reset();
            }
        }

        return "not read in time";
    }
}
