namespace PicoKubelet.Network;

/// <summary>Where the board is on its way to an address.</summary>
public enum WifiState
{
    /// <summary>Not joined; waits before the next attempt.</summary>
    Waiting,

    /// <summary>An attempt is under way.</summary>
    Joining,

    /// <summary>Joined; waits for DHCP.</summary>
    WaitingForAddress,

    /// <summary>Joined, with an address.</summary>
    Connected,
}
