namespace PicoKubelet.Bench.Faults;

/// <summary>What a fault did to a board, in one run.</summary>
internal sealed record FaultResult
{
    /// <summary>Gets what the cluster saw of the Node's condition Ready, in order, with the seconds since the fault began.</summary>
    public required string Seen { get; init; }

    /// <summary>Gets the seconds from the fault's end to Ready; -1 where it never was again.</summary>
    public required double SecondsToReady { get; init; }

    /// <summary>Gets the requests and the connections in vain while the fault lasted.</summary>
    public required int Requests { get; init; }

    /// <summary>Gets the most of them in ten seconds, the recovery included.</summary>
    public required int Peak { get; init; }

    public required int Reboots { get; init; }

    /// <summary>Gets the bytes that a heartbeat allocates before the fault, and after it.</summary>
    public required double BytesBefore { get; init; }

    public required double BytesAfter { get; init; }

    /// <summary>Gets the sockets that are open after the fault.</summary>
    public required int OpenSockets { get; init; }

    /// <summary>Gets the log's lines, each once, with how often it came.</summary>
    public required IReadOnlyList<string> Log { get; init; }

    /// <summary>Gets what did not hold.</summary>
    public required IReadOnlyList<string> Violations { get; init; }
}
