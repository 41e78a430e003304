namespace PicoKubelet.Network;

/// <summary>Why there is no address. The LED's status begins with these numbers.</summary>
public enum WifiFailure
{
    /// <summary>Nothing is known to be wrong.</summary>
    None,

    /// <summary>No access point with the network's name is within reach, or it hides its name.</summary>
    NoNetwork,

    /// <summary>The access point does not let the board in. Nearly always the password; a Pico can not tell an access point that is full or filters addresses from it.</summary>
    WrongPassword,

    /// <summary>Joined, and DHCP gives no address.</summary>
    NoAddress,

    /// <summary>The access point is there but too far away to join.</summary>
    WeakSignal,

    /// <summary>Something else: the radio does not say what.</summary>
    Other,

    /// <summary>The device's network configuration names no network.</summary>
    NoCredentials,
}
