using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard;

// What happens to a board's Wi-Fi.
public sealed partial class SimulatedBoard
{
    private Timer? _flapping;

    /// <summary>Makes the Wi-Fi network vanish: open connections break, new ones fail.</summary>
    public void LoseWifi()
    {
        SetWifiFault(WifiFault.Gone);
    }

    /// <summary>Brings the Wi-Fi network back with nothing wrong, for the firmware to join again.</summary>
    public void RestoreWifi()
    {
        SetWifiFault(WifiFault.None);
    }

    /// <summary>Breaks the Wi-Fi link once: open connections break, and the firmware may join again at once.</summary>
    public void DropWifi()
    {
        _network.Drop();
    }

    /// <summary>Breaks the Wi-Fi link over and over, until something else happens to the network.</summary>
    /// <param name="period">The time between two breaks.</param>
    public void FlapWifi(TimeSpan period)
    {
        SetWifiFault(WifiFault.None);
        _flapping = new Timer(_ => _network.Drop(), null, TimeSpan.Zero, period);
    }

    /// <summary>Makes something wrong with the Wi-Fi network, in place of what was.</summary>
    internal void SetWifiFault(WifiFault fault)
    {
        Interlocked.Exchange(ref _flapping, null)?.Dispose();
        _network.Fault = fault;
    }

    /// <summary>Makes something wrong with the second Wi-Fi network, in place of what was.</summary>
    internal void SetSecondWifiFault(WifiFault fault)
    {
        _network.SecondFault = fault;
    }
}
