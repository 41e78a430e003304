namespace PicoKubelet.Network;

/// <summary>The words for a <see cref="WifiFailure"/>, as in the log and on <c>/pico/status</c>.</summary>
public static class WifiFailures
{
    /// <summary>Gets a failure's name.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>A few words, or null where nothing is wrong.</returns>
    public static string NameOf(WifiFailure failure)
    {
        return failure switch
        {
            WifiFailure.None => null,
            WifiFailure.NoNetwork => "no such network",
            WifiFailure.WrongPassword => "wrong password",
            WifiFailure.NoAddress => "no address from DHCP",
            WifiFailure.WeakSignal => "weak signal",
            WifiFailure.NoCredentials => "no Wi-Fi network configured",
            _ => "can not join",
        };
    }
}
