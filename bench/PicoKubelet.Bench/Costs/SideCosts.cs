namespace PicoKubelet.Bench.Costs;

/// <summary>What one design took.</summary>
internal sealed class SideCosts
{
    /// <param name="relay">What counted it.</param>
    /// <param name="minutes">The time that it was counted for.</param>
    /// <param name="unmeasured">What passes in a minute beside, in bytes.</param>
    public SideCosts(WireRelay relay, double minutes, int unmeasured = 0)
    {
        Unmeasured = unmeasured;
        // The last reply is noted once its connection's next request begins or the connection ends.
        Purposes = relay.TakeCounts();
        Minutes = minutes;
        Connections = relay.Connections / minutes;
        TlsBytesPerMinute = (relay.TlsBytes / minutes) + unmeasured;
    }

    public int Unmeasured { get; }

    public double Minutes { get; }

    public IReadOnlyDictionary<string, WireCounts> Purposes { get; }

    /// <summary>Gets the bytes of HTTP, both directions.</summary>
    public double BytesPerMinute => (Purposes.Values.Sum(counts => counts.Bytes) / Minutes) + Unmeasured;

    /// <summary>Gets the bytes below HTTP: the same, or TLS' records and handshakes.</summary>
    public double TlsBytesPerMinute { get; }

    /// <summary>Gets the connections that were opened, a minute.</summary>
    public double Connections { get; }

    /// <summary>Gets the bytes of HTTP, both directions, were there no token.</summary>
    /// <param name="tokenBytes">What it takes of each request.</param>
    public double WithoutToken(int tokenBytes)
    {
        return BytesPerMinute - (Purposes.Values.Sum(counts => counts.Requests) * tokenBytes / Minutes);
    }

    public long Failures { get; init; }

    /// <summary>Gets the bytes allocated by one of each kind.</summary>
    public SortedDictionary<string, double> Allocations { get; } = new(StringComparer.Ordinal);
}
