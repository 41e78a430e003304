namespace PicoKubelet.Hardware;

/// <summary>The monotonic clock: it runs from the start of the board and never jumps.</summary>
public interface IClock
{
    /// <summary>Gets the time since an arbitrary start, in milliseconds.</summary>
    long Milliseconds { get; }
}
