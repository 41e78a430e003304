using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>No view: the log lines on the console say it all.</summary>
internal sealed class ConsoleView : IBoardView
{
    private readonly bool _namesBoards;

    /// <summary>Initializes the view.</summary>
    /// <param name="namesBoards">Whether each line begins with its board's name.</param>
    public ConsoleView(bool namesBoards)
    {
        _namesBoards = namesBoards;
    }

    public ILogSink SinkFor(string boardName)
    {
        return new ConsoleLogSink(_namesBoards ? boardName : null);
    }

    public async Task RunAsync(Fleet fleet, ICluster cluster, CancellationToken stop)
    {
        Console.WriteLine($"{ProductVersion.Title}: {fleet.Boards.Count} board(s), API server {cluster.Title}");
        Console.WriteLine($"Try: {cluster.KubectlLine}");
        foreach (SimulatedBoard board in fleet.Boards.Where(board => board.ProvisioningHint is not null))
        {
            Console.WriteLine($"On the page of {board.Name}, whose port its log tells: {board.ProvisioningHint}{(cluster.CaFile is { } ca ? ", CA " + ca : "")}");
        }

        await Task.Run(fleet.Start, CancellationToken.None);
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
