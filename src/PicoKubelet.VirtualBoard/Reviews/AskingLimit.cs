using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Reviews;

/// <summary>
/// How often the cluster may be asked about what nobody vouched for yet: each address has its share, so that one that guesses takes nothing
/// from the others, and there is a bound for all. Used by several threads.
/// </summary>
/// <param name="clock">The monotonic clock.</param>
internal sealed class AskingLimit(IClock clock)
{
    /// <summary>How many questions an address has at once; another one comes each <see cref="PerAddressMilliseconds"/>.</summary>
    public const int PerAddress = 5;

    /// <summary>How long it takes until an address has another question.</summary>
    public const int PerAddressMilliseconds = 5000;

    private const int ForAll = 40;
    private const int ForAllMilliseconds = 500;

    // Those beyond share one.
    private const int MaxAddresses = 64;
    private const string Others = "";

    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private readonly Share _all = new(ForAll, clock.Milliseconds);

    /// <summary>Takes a question.</summary>
    /// <param name="address">Who is the cause of it.</param>
    /// <returns>Whether there was one left.</returns>
    public bool TryTake(string address)
    {
        lock (_shares)
        {
            long now = clock.Milliseconds;
            Share mine = Find(address, now);
            mine.Refill(PerAddress, PerAddressMilliseconds, now);
            _all.Refill(ForAll, ForAllMilliseconds, now);
            if (mine.Left == 0 || _all.Left == 0)
            {
                return false;
            }

            mine.Left--;
            _all.Left--;
            return true;
        }
    }

    private Share Find(string address, long now)
    {
        if (!_shares.ContainsKey(address) && _shares.Count >= MaxAddresses)
        {
            // A share that would be whole by now is as good as none.
            foreach (string whole in _shares.Where(pair => now - pair.Value.Since >= PerAddress * PerAddressMilliseconds).Select(pair => pair.Key).ToArray())
            {
                _shares.Remove(whole);
            }

            address = _shares.Count >= MaxAddresses ? Others : address;
        }

        if (!_shares.TryGetValue(address, out Share? share))
        {
            share = new Share(PerAddress, now);
            _shares.Add(address, share);
        }

        return share;
    }

    private sealed class Share(int left, long since)
    {
        public int Left { get; set; } = left;

        public long Since { get; private set; } = since;

        public void Refill(int most, int milliseconds, long now)
        {
            long more = (now - Since) / milliseconds;
            Left = (int)Math.Min(most, Left + more);
            Since = Left == most ? now : Since + (more * milliseconds);
        }
    }
}
