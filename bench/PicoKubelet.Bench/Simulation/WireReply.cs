namespace PicoKubelet.Bench.Simulation;

/// <summary>What the board gets for a request.</summary>
/// <param name="Bytes">The bytes that arrive.</param>
/// <param name="Status">The status that they tell, or 0.</param>
/// <param name="Delay">How much later than usual they arrive, in milliseconds.</param>
/// <param name="End">What comes behind them.</param>
internal sealed record WireReply(byte[] Bytes, int Status, int Delay, WireEnd End)
{
    public static WireReply Nothing(WireEnd end) => new([], 0, 0, end);
}
