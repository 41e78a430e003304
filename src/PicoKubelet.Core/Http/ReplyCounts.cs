namespace PicoKubelet.Http;

/// <summary>
/// Counts replies by what was asked (a method, an endpoint) and by status code, in a table of fixed size: it has places for
/// the pairs that come up, since most of all possible ones never do, and one for those that found no place.
/// Written by any thread, read by any other.
/// </summary>
public sealed class ReplyCounts
{
    // A pair in one number: what was asked in the thousands, the code below.
    private const int CodeLimit = 1000;

    private readonly short[] _pairs;
    private readonly int[] _counts;
    private int _used;

    /// <summary>Initializes the counts.</summary>
    /// <param name="capacity">How many pairs are counted each on its own.</param>
    public ReplyCounts(int capacity = 16)
    {
        _pairs = new short[capacity];
        _counts = new int[capacity + 1];
    }

    /// <summary>Gets the number of pairs that are counted.</summary>
    public int PairCount => _used;

    /// <summary>Gets the number of replies whose pair found no place.</summary>
    public int Others => _counts[_pairs.Length];

    /// <summary>Gets what was asked.</summary>
    /// <param name="pair">From 0 to <see cref="PairCount"/> - 1.</param>
    /// <returns>Its number, as it was noted.</returns>
    public int Asked(int pair)
    {
        return _pairs[pair] / CodeLimit;
    }

    /// <summary>Gets a pair's status code.</summary>
    /// <param name="pair">From 0 to <see cref="PairCount"/> - 1.</param>
    /// <returns>The HTTP status code; 0 for requests without a reply.</returns>
    public int Code(int pair)
    {
        return _pairs[pair] % CodeLimit;
    }

    /// <summary>Gets a count.</summary>
    /// <param name="pair">From 0 to <see cref="PairCount"/> - 1.</param>
    /// <returns>How many replies there were.</returns>
    public int Count(int pair)
    {
        return _counts[pair];
    }

    /// <summary>Gets the name of a method that was asked with.</summary>
    /// <param name="asked">Its number.</param>
    /// <returns>The method.</returns>
    public static string MethodName(int asked)
    {
        return asked == 0 ? Method.Get : asked == 1 ? Method.Post : asked == 2 ? Method.Patch : Method.Delete;
    }

    /// <summary>Counts a reply of the API server's.</summary>
    /// <param name="method">The method, of <see cref="Method"/>.</param>
    /// <param name="code">The status code, or 0 where there was no reply.</param>
    public void Note(string method, int code)
    {
        Note(method == Method.Get ? 0 : method == Method.Post ? 1 : method == Method.Patch ? 2 : 3, code);
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="asked">What was asked, from 0 to 31.</param>
    /// <param name="code">The status code, from 0 to 999.</param>
    public void Note(int asked, int code)
    {
        short wanted = (short)((asked * CodeLimit) + code);
        lock (_counts)
        {
            int pair = 0;
            while (pair < _used && _pairs[pair] != wanted)
            {
                pair++;
            }

            _counts[pair]++;
            if (pair == _used && pair < _pairs.Length)
            {
                // Last, for those who read without the lock.
                _pairs[pair] = wanted;
                _used++;
            }
        }
    }
}
