namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>Something that happens to every board a while after the start.</summary>
/// <param name="After">How long after the start.</param>
/// <param name="Event">What happens, or null for the end of the program.</param>
internal sealed record ScheduledEvent(TimeSpan After, BoardEvent? Event);
