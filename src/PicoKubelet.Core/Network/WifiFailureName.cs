namespace PicoKubelet.Network;

/// <summary>What a <see cref="WifiFailure"/> is called, in the log and on <c>/pico/status</c>.</summary>
public static class WifiFailureName
{
    /// <summary>Gets a failure's name.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>A few words, or null for none.</returns>
    public static string Of(WifiFailure failure)
    {
        return failure switch
        {
            WifiFailure.None => null,
            WifiFailure.NoNetwork => "no such network",
            WifiFailure.WrongPassword => "wrong password",
            WifiFailure.NoAddress => "no address from DHCP",
            WifiFailure.WeakSignal => "weak signal",
            WifiFailure.Other => "can not join",
            _ => "no Wi-Fi network configured",
        };
    }
}
