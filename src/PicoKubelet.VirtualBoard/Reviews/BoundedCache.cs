using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>Answers that hold for a while; where there is no room, the one that ends first makes it. Used by several threads.</summary>
/// <param name="clock">The monotonic clock.</param>
/// <param name="capacity">How many at most.</param>
internal sealed class BoundedCache<T>(IClock clock, int capacity)
{
    private readonly Dictionary<string, (T Answer, long Until)> _entries = new(StringComparer.Ordinal);

    /// <summary>Finds an answer.</summary>
    /// <param name="key">What was asked.</param>
    /// <param name="answer">The answer, which may hold no longer.</param>
    /// <param name="holds">Whether it still holds.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(string key, out T answer, out bool holds)
    {
        lock (_entries)
        {
            bool isThere = _entries.TryGetValue(key, out (T Answer, long Until) entry);
            answer = entry.Answer;
            holds = isThere && clock.Milliseconds < entry.Until;
            return isThere;
        }
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="key">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="milliseconds">How long it holds.</param>
    public void Keep(string key, T answer, int milliseconds)
    {
        lock (_entries)
        {
            if (_entries.Count >= capacity && !_entries.ContainsKey(key))
            {
                _entries.Remove(_entries.MinBy(entry => entry.Value.Until).Key);
            }

            _entries[key] = (answer, clock.Milliseconds + milliseconds);
        }
    }

    /// <summary>Forgets an answer.</summary>
    public void Forget(string key)
    {
        lock (_entries)
        {
            _entries.Remove(key);
        }
    }
}
