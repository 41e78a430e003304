namespace PicoKubelet.Configuration;

/// <summary>What became of the ConfigMap so far. Written by the node's loop, read by any thread.</summary>
public sealed class ConfigurationState
{
    /// <summary>Gets the resourceVersion of the ConfigMap in force, or null where none is.</summary>
    public string AppliedVersion { get; internal set; }

    /// <summary>Gets whether all of the ConfigMap is in force; without a ConfigMap the defaults are all.</summary>
    public bool IsApplied { get; private set; } = true;

    /// <summary>Gets the reason of the condition <c>ConfigurationApplied</c>.</summary>
    public string Reason { get; private set; } = "Defaults";

    /// <summary>Gets the message of the condition, at most 768 bytes.</summary>
    public string Message { get; private set; } = "the defaults are in force";

    /// <summary>Gets the number of looks at the ConfigMap: polls, and events of a watch.</summary>
    public long Polls => PollsUnchanged + PollsApplied + PollsRejected + PollsAbsent + PollsForbidden + PollsFailed;

    /// <summary>Gets the number of looks that found nothing new.</summary>
    public long PollsUnchanged { get; internal set; }

    /// <summary>Gets the number of looks that found a ConfigMap and put all of it in force.</summary>
    public long PollsApplied { get; internal set; }

    /// <summary>Gets the number of looks that found a ConfigMap of which something or all was refused.</summary>
    public long PollsRejected { get; internal set; }

    /// <summary>Gets the number of looks that found no ConfigMap.</summary>
    public long PollsAbsent { get; internal set; }

    /// <summary>Gets the number of looks that were forbidden.</summary>
    public long PollsForbidden { get; internal set; }

    /// <summary>Gets the number of looks that failed.</summary>
    public long PollsFailed { get; internal set; }

    /// <summary>Gets when the ConfigMap was last looked at with success, in the monotonic clock's milliseconds, or -1.</summary>
    public long LastPoll { get; internal set; } = -1;

    /// <summary>Sets the condition.</summary>
    internal void Set(bool isApplied, string reason, string message)
    {
        IsApplied = isApplied;
        Reason = reason;
        Message = message;
    }
}
