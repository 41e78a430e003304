namespace PicoKubelet.Bench.Costs;

/// <summary>What requests for one purpose had on the wire, headers included.</summary>
internal sealed class WireCounts
{
    public int Requests { get; private set; }

    public long RequestBytes { get; private set; }

    public long RequestBody { get; private set; }

    public long ReplyBytes { get; private set; }

    public long ReplyBody { get; private set; }

    public long Bytes => RequestBytes + ReplyBytes;

    /// <summary>Makes a copy that is not counted on.</summary>
    public WireCounts Copy() => (WireCounts)MemberwiseClone();

    public void Add(MessageMeter request, MessageMeter reply)
    {
        Requests++;
        RequestBytes += request.Total;
        RequestBody += request.Body;
        ReplyBytes += reply.Total;
        ReplyBody += reply.Body;
    }
}
