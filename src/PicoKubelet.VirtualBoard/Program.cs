using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;
using PicoKubelet.VirtualBoard.Clusters;
using PicoKubelet.VirtualBoard.View;

return await BoardCommand.InvokeAsync(args, RunAsync);

static async Task RunAsync(RunOptions options, CancellationToken stopSignal)
{
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopSignal);
    StateFolder.Require(options.StateFolder);
    await using ICluster cluster = options.Cluster is null
        ? await EmbeddedCluster.StartAsync(options)
        : new ExternalCluster(options.Cluster, options.KubectlLine);
    IBoardView view = options.HasView ? new LiveView() : new ConsoleView(namesBoards: options.Names.Count > 1);
    await using var fleet = new Fleet(options, cluster, view.SinkFor);
    fleet.CheckPorts();
    InputsFile? inputs = options.InputsFile is { } path ? new InputsFile(path) : null;
    inputs?.Apply(fleet.Boards);

    Task schedule = Schedule.RunAsync(options.Events, fleet, stop);
    Task following = inputs?.FollowAsync(fleet.Boards, Console.Error.WriteLine, stop.Token) ?? Task.CompletedTask;
    await view.RunAsync(fleet, cluster, stop.Token);
    await stop.CancelAsync();
    await schedule;
    await following;
}
