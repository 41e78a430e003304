using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard.Adapters;
using PicoKubelet.VirtualBoard.Cli;
using PicoKubelet.VirtualBoard.Clusters;

namespace PicoKubelet.VirtualBoard;

/// <summary>All boards of this process.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    public Fleet(RunOptions options, ICluster cluster, Func<string, ILogSink?> sinkFor)
    {
        Boards = StateFolder.Use<IReadOnlyList<SimulatedBoard>>(
            options.StateFolder,
            () => [.. options.Names.Select((name, index) => new SimulatedBoard(OptionsOf(options, cluster, name, index), sinkFor(name)))]);
    }

    public IReadOnlyList<SimulatedBoard> Boards { get; }

    /// <summary>Checks that no other program of this PC has a board's port.</summary>
    /// <exception cref="CommandException">One has.</exception>
    public void CheckPorts()
    {
        // A board that is given its settings by a page says which port it has only then.
        foreach (SimulatedBoard board in Boards.Where(board => board.Guide is null))
        {
            BoardPort.Check(board.Address, board.KubeletPort);
        }
    }

    /// <summary>Switches all boards on.</summary>
    public void Start()
    {
        ApplyToAll(BoardEvents.PowerOn);
    }

    /// <summary>Lets something happen to all boards, and waits until it has.</summary>
    public void ApplyToAll(BoardEvent boardEvent)
    {
        Parallel.ForEach(Boards, boardEvent.Apply);
    }

    public ValueTask DisposeAsync()
    {
        return new ValueTask(Task.Run(() => ApplyToAll(BoardEvents.PowerOff)));
    }

    private static BoardOptions OptionsOf(RunOptions options, ICluster cluster, string name, int index)
    {
        ClusterAddress address = cluster.AddressFor(name);
        return new BoardOptions
        {
            Name = name,
            Board = options.Board,
            ApiServer = address.Server,
            Token = address.Token,
            ClientCertificate = address.ClientCertificate,
            ClientKey = address.ClientKey,
            CaPem = address.CaPem,
            Address = SimulatedAddresses.At(options.FirstAddress, index),
            SettingsJson = options.SettingsJson,
            KubeletPort = null,
            ClusterKubeletToken = cluster.KubeletTokenFor(name),
            OffersPods = options.Cluster is null,
            Provisions = options.Provisions,
            ProvisioningPort = options.Provisions ? ProvisioningPorts.Choose(options.ProvisioningPort, index) : 0,
            Mode = options.Mode,
            LeaseInterval = options.LeaseInterval,
            StateFolder = options.StateFolder is null ? null : Path.Combine(options.StateFolder, name),
        };
    }
}
