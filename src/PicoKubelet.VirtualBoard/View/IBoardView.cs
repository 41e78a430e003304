using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>What the user sees while the boards run.</summary>
internal interface IBoardView
{
    /// <summary>Gets where a board's log lines go, or null where the view reads them from the board.</summary>
    ILogSink? SinkFor(string boardName);

    /// <summary>Shows the boards until it is told to stop, or the user asks for it.</summary>
    Task RunAsync(Fleet fleet, ICluster cluster, CancellationToken stop);
}
