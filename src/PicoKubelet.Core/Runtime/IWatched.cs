namespace PicoKubelet.Runtime;

/// <summary>A thread that the supervisor watches over.</summary>
public interface IWatched
{
    /// <summary>Gets its name, for the log and the reason of a reboot.</summary>
    string Name { get; }

    /// <summary>
    /// Gets when what it does now began, is due or has to be over, in the monotonic clock's milliseconds. A thread that is long past
    /// it is stuck, or has ended.
    /// </summary>
    long DueBy { get; }
}
