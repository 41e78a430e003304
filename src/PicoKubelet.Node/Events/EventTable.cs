namespace PicoKubelet.Events;

/// <summary>
/// The last events, two at most for each object and reason, in a table of fixed size. A new one takes the place of one of its own that was told
/// already, or of the one that happened longest ago and was told already; where there is none, that of the oldest.
/// </summary>
internal sealed class EventTable
{
    private const int Places = 8;

    private readonly RecordedEvent[] _events = new RecordedEvent[Places];
    private int _turn;

    /// <summary>Finds the event with a reason and a message about an object.</summary>
    /// <returns>The event, or null where there is none.</returns>
    public RecordedEvent Find(EventTarget about, string reason, string message)
    {
        for (int i = 0; i < Places; i++)
        {
            if (_events[i] != null && _events[i].Message == message && _events[i].Is(about, reason))
            {
                return _events[i];
            }
        }

        return null;
    }

    /// <summary>Adds an event.</summary>
    public void Add(RecordedEvent added)
    {
        int own = -1;
        int owns = 0;
        int free = -1;
        for (int i = Places - 1; i >= 0; i--)
        {
            if (_events[i] == null)
            {
                free = i;
            }
            else if (_events[i].Is(added.About, added.Reason))
            {
                own = own < 0 || IsBefore(i, own) ? i : own;
                owns++;
            }
        }

        // What fails in one way after another takes no place of what others have yet to tell.
        bool isInOwn = owns > 1 || (owns == 1 && !_events[own].IsPending);
        _events[isInOwn ? own : free >= 0 ? free : OldestPlace()] = added;
    }

    /// <summary>Finds an event that is to be told.</summary>
    /// <param name="about">What it is about; null for whatever it is.</param>
    /// <returns>The event, or null where there is none.</returns>
    public RecordedEvent FindPending(EventTarget about = null)
    {
        for (int i = 0; i < Places; i++)
        {
            RecordedEvent at = _events[(_turn + i) % Places];
            if (at != null && at.IsPending && (about == null || at.About == about))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Makes it the turn of those behind an event.</summary>
    public void Pass(RecordedEvent told)
    {
        for (int i = 0; i < Places; i++)
        {
            if (_events[i] == told)
            {
                _turn = i + 1;
            }
        }
    }

    private int OldestPlace()
    {
        int oldest = 0;
        for (int i = 1; i < Places; i++)
        {
            oldest = IsBefore(i, oldest) ? i : oldest;
        }

        return oldest;
    }

    /// <summary>Gets whether one is to make room rather than another one.</summary>
    private bool IsBefore(int place, int other)
    {
        RecordedEvent at = _events[place];
        RecordedEvent than = _events[other];
        return at.IsPending == than.IsPending ? at.Last < than.Last : than.IsPending;
    }
}
