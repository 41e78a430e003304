using PicoKubelet.Hardware;

namespace PicoKubelet.Network;

/// <summary>What a <see cref="WifiFailure"/> is concluded from, and the words for it, as in the log and on <c>/pico/status</c>.</summary>
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

    /// <summary>Concludes why a network with a signal that would do can not be joined.</summary>
    /// <param name="result">What the radio says.</param>
    /// <param name="isScanned">Whether it is known what is nearby.</param>
    /// <param name="isThere">Whether the network is.</param>
    /// <returns>The likeliest reason.</returns>
    internal static WifiFailure Find(JoinResult result, bool isScanned, bool isThere)
    {
        bool isSeen = isScanned && isThere;
        bool isMissing = isScanned && !isThere;
        switch (result)
        {
            case JoinResult.Refused:
                // Also where it is not seen: somebody has answered, so it hides its name.
                return WifiFailure.WrongPassword;
            case JoinResult.NotFound:
                return isSeen ? WifiFailure.Other : WifiFailure.NoNetwork;
            case JoinResult.NoAnswer:
                return isMissing ? WifiFailure.NoNetwork : isSeen ? WifiFailure.WrongPassword : WifiFailure.Other;
            default:
                return isMissing ? WifiFailure.NoNetwork : WifiFailure.Other;
        }
    }
}
