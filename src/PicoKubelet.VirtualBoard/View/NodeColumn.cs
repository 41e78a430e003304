namespace PicoKubelet.VirtualBoard.View;

/// <summary>A column of the table of nodes.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Width">Its width, columns of the terminal.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
/// <param name="Cell">What it shows of a board, as markup.</param>
internal sealed record NodeColumn(string Title, int Width, bool IsNumber, Func<SimulatedBoard, string> Cell);
