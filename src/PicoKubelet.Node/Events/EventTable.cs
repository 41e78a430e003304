namespace PicoKubelet.Events;

/// <summary>
/// The last events, one for each object and reason, in a table of fixed size. A new one takes the place of the one that happened
/// longest ago and was told already; where there is none, that of the oldest.
/// </summary>
internal sealed class EventTable
{
    private const int Places = 8;

    private readonly RecordedEvent[] _events = new RecordedEvent[Places];
    private int _turn;

    /// <summary>Finds the event of a reason about an object.</summary>
    /// <returns>The event, or null where there is none.</returns>
    public RecordedEvent Find(EventTarget about, string reason)
    {
        int place = PlaceOf(about, reason);
        return place < 0 ? null : _events[place];
    }

    /// <summary>Adds an event, in the place of the one of its reason about its object where there is one.</summary>
    public void Add(RecordedEvent added)
    {
        int place = PlaceOf(added.About, added.Reason);
        for (int i = 0; place < 0 && i < Places; i++)
        {
            place = _events[i] == null ? i : -1;
        }

        _events[place < 0 ? OldestPlace() : place] = added;
    }

    /// <summary>Finds an event that is to be told.</summary>
    /// <returns>The event, or null where there is none.</returns>
    public RecordedEvent FindPending()
    {
        for (int i = 0; i < Places; i++)
        {
            RecordedEvent at = _events[(_turn + i) % Places];
            if (at != null && at.IsPending)
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

    private int PlaceOf(EventTarget about, string reason)
    {
        for (int i = 0; i < Places; i++)
        {
            if (_events[i] != null && _events[i].Is(about, reason))
            {
                return i;
            }
        }

        return -1;
    }

    private int OldestPlace()
    {
        int oldest = 0;
        for (int i = 1; i < Places; i++)
        {
            bool isOlder = _events[i].IsPending == _events[oldest].IsPending ? _events[i].Last < _events[oldest].Last : _events[oldest].IsPending;
            oldest = isOlder ? i : oldest;
        }

        return oldest;
    }
}
