using PicoKubelet.Node;

namespace PicoKubelet.VirtualBoard.View;

/// <summary>What the table of nodes says about a board, as markup.</summary>
internal static class NodeCell
{
    // The node controller's grace period: after it kubectl shows the node NotReady, whatever the board thinks.
    private const long GraceMilliseconds = 40_000;

    public static string Ready(SimulatedBoard board)
    {
        string text = ReadyText(board);
        string style = text switch
        {
            "Ready" => "bold green",
            "NotReady" => "bold red",
            "off" => "grey",
            _ => "yellow",
        };
        return $"[{style}]● {text}[/]";
    }

    public static string ReadyText(SimulatedBoard board)
    {
        NodeState state = board.State;
        if (!board.IsRunning)
        {
            return "off";
        }

        if (board.ProvisioningUrl is not null)
        {
            return "setup";
        }

        if (!state.IsRegistered || state.LastHeartbeat < 0)
        {
            return "joining";
        }

        return state.IsReady && AgeOf(state) < GraceMilliseconds ? "Ready" : "NotReady";
    }

    public static string Heartbeat(SimulatedBoard board)
    {
        NodeState state = board.State;
        return state.LastHeartbeat < 0 ? "[grey]never[/]"
            : AgeOf(state) < GraceMilliseconds ? Age.Format(AgeOf(state)) + " ago"
            : $"[red]{Age.Format(AgeOf(state))} ago[/]";
    }

    public static string Address(SimulatedBoard board)
    {
        return board.WifiUp ? board.Address : "[red]no Wi-Fi[/]";
    }

    public static string Failed(SimulatedBoard board)
    {
        long failed = board.State.HeartbeatsFailed;
        return failed == 0 ? "0" : $"[yellow]{failed}[/]";
    }

    public static string FreeHeap(SimulatedBoard board)
    {
        string text = $"{board.FreeHeap / 1024} KB";
        return BoardEvents.HasLowMemory(board) ? $"[red]{text}[/]" : text;
    }

    private static long AgeOf(NodeState state)
    {
        return Environment.TickCount64 - state.LastHeartbeat;
    }
}
