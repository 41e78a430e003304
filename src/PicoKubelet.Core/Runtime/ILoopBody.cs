namespace PicoKubelet.Runtime;

/// <summary>What a <see cref="Loop"/> does again and again.</summary>
public interface ILoopBody
{
    /// <summary>Does what is due now. It may block, but only within bounds; it may throw, which is counted and logged.</summary>
    /// <returns>How long to wait before the next step, in milliseconds.</returns>
    int Step();
}
