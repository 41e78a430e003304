namespace PicoKubelet.VirtualBoard;

/// <summary>Something that can happen to a board.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Apply">Makes it happen; may wait for the firmware's threads.</param>
internal sealed record BoardEvent(string Name, Action<SimulatedBoard> Apply);
