namespace PicoKubelet.Outputs;

/// <summary>What the LED tells: the first thing that is missing on the way to a node that is Ready. 1 to 6 are those of <see cref="Network.WifiFailure"/>.</summary>
public enum DeviceStatus
{
    /// <summary>On its way: joining the network or registering.</summary>
    Joining,

    /// <summary>The Wi-Fi network is not within reach.</summary>
    NoNetwork,

    /// <summary>The access point does not take the password.</summary>
    WrongPassword,

    /// <summary>DHCP gives no address.</summary>
    NoAddress,

    /// <summary>The access point is too far away.</summary>
    WeakSignal,

    /// <summary>The network can not be joined, and the radio does not say why.</summary>
    JoinFailed,

    /// <summary>The device's network configuration names no network.</summary>
    NoCredentials,

    /// <summary>Neither SNTP nor the API server gives a time.</summary>
    NoTime,

    /// <summary>The API server does not answer, or with an error.</summary>
    NoApiServer,

    /// <summary>The API server refuses the token (401) or what it may do (403).</summary>
    Refused,

    /// <summary>Another board has the same name.</summary>
    NameTaken,

    /// <summary>Registered, and heartbeats are taken.</summary>
    Ready,

    /// <summary>The access point with the page for the settings is open.</summary>
    Provisioning,

    /// <summary>There are no usable settings.</summary>
    NoSettings,
}
