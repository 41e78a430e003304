namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>What can be wrong with a simulated Wi-Fi network.</summary>
internal enum WifiFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is out of reach, or switched off.</summary>
    Gone,

    /// <summary>Its password is another one than the board has.</summary>
    WrongPassword,

    /// <summary>It can be joined, and its DHCP server gives no address.</summary>
    NoDhcp,

    /// <summary>It can be seen, and is too far away to be joined.</summary>
    WeakSignal,

    /// <summary>The board has no network in its configuration.</summary>
    NoCredentials,
}
