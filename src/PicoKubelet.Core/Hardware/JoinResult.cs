namespace PicoKubelet.Hardware;

/// <summary>
/// What the radio says of an attempt to join a network. An ESP32 tells all of these, though it calls an access point that
/// falls silent a refusal too; a Pico tells success and silence alone, whatever the cause.
/// </summary>
public enum JoinResult
{
    /// <summary>Joined; the address may still be missing.</summary>
    Joined,

    /// <summary>The access point did not accept the password, or fell silent meanwhile.</summary>
    Refused,

    /// <summary>No access point has the network's name, or the radio did not take the order.</summary>
    NotFound,

    /// <summary>Nothing came within the bound.</summary>
    NoAnswer,

    /// <summary>Something else. An ESP32 says so too when an attempt that it had begun by itself was cut short; the new one goes on.</summary>
    Failed,
}
