using PicoKubelet.Logging;
using PicoKubelet.Settings;
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
        foreach (SimulatedBoard board in fleet.Boards.Where(board => board.Guide is not null && !board.HasFile(SettingsStore.FileName)))
        {
            WriteGuide(board.Guide!, cluster.CaFile);
        }

        await Task.Run(fleet.Start, CancellationToken.None);
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void WriteGuide(ProvisioningGuide guide, string? caFile)
    {
        Console.WriteLine($"Settings page: {guide.Page}");
        Console.WriteLine($"  API server   {guide.ApiServer ?? "yours"}");
        Console.WriteLine($"  Token        {guide.Token ?? "yours"}");
        if (caFile is not null)
        {
            Console.WriteLine($"  CA           what is in {caFile}");
        }
    }
}
