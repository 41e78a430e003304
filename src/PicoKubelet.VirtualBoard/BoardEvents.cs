using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard;

/// <summary>Everything that can happen to a board, by keys in the view and by the command line.</summary>
internal static class BoardEvents
{
    public static readonly BoardEvent WifiLost = new("wifi-lost", board => board.LoseWifi());
    public static readonly BoardEvent WifiBack = new("wifi-back", board => board.RestoreWifi());
    public static readonly BoardEvent WifiDrop = new("wifi-drop", board => board.DropWifi());
    public static readonly BoardEvent WifiFlapping = new("wifi-flapping", board => board.FlapWifi(FlapPeriod));
    public static readonly BoardEvent WifiWrongPassword = new("wifi-wrong-password", board => board.SetWifiFault(WifiFault.WrongPassword));
    public static readonly BoardEvent WifiNoDhcp = new("wifi-no-dhcp", board => board.SetWifiFault(WifiFault.NoDhcp));
    public static readonly BoardEvent WifiWeak = new("wifi-weak", board => board.SetWifiFault(WifiFault.WeakSignal));
    public static readonly BoardEvent WifiNoCredentials = new("wifi-no-credentials", board => board.SetWifiFault(WifiFault.NoCredentials));
    public static readonly BoardEvent SecondWifiLost = new("wifi2-lost", board => board.SetSecondWifiFault(WifiFault.Gone));
    public static readonly BoardEvent SecondWifiBack = new("wifi2-back", board => board.SetSecondWifiFault(WifiFault.None));
    public static readonly BoardEvent SecondWifiWrongPassword = new("wifi2-wrong-password", board => board.SetSecondWifiFault(WifiFault.WrongPassword));
    public static readonly BoardEvent NewAddress = new("new-address", board => board.Address = SimulatedAddresses.After(board.Address));
    public static readonly BoardEvent LowMemory = new("low-memory", board => board.FreeHeap = LowHeap(board));
    public static readonly BoardEvent ExhaustedMemory = new("exhausted-memory", board => board.FreeHeap = ExhaustedHeap(board));
    public static readonly BoardEvent NormalMemory = new("normal-memory", board => board.FreeHeap = board.Model.FreeHeap);
    public static readonly BoardEvent Reboot = new("reboot", board => board.Reboot());
    public static readonly BoardEvent PowerOff = new("power-off", board => board.Stop());
    public static readonly BoardEvent PowerOn = new("power-on", board => board.Start());

    public static readonly IReadOnlyList<BoardEvent> All =
    [
        WifiLost, WifiBack, WifiDrop, WifiFlapping, WifiWrongPassword, WifiNoDhcp, WifiWeak, WifiNoCredentials, SecondWifiLost, SecondWifiBack,
        SecondWifiWrongPassword, NewAddress, LowMemory, ExhaustedMemory, NormalMemory, Reboot, PowerOff, PowerOn,
    ];

    private static TimeSpan FlapPeriod => TimeSpan.FromSeconds(4);

    public static bool HasLowMemory(SimulatedBoard board)
    {
        return board.FreeHeap <= LowHeap(board);
    }

    // MemoryPressure begins below an eighth of the heap, and below a sixteenth the board restarts by itself: in between.
    private static long LowHeap(SimulatedBoard board)
    {
        return board.Model.TotalHeap / 10;
    }

    private static long ExhaustedHeap(SimulatedBoard board)
    {
        return board.Model.TotalHeap / 20;
    }
}
