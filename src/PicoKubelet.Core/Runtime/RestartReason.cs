namespace PicoKubelet.Runtime;

/// <summary>
/// The kinds of reasons that a board was restarted for: few, so that each can be counted. The runtime tells programs nothing of why
/// it started (nanoFramework.Runtime.Native), so what the firmware did not ask for itself is <see cref="Unexpected"/>.
/// </summary>
public static class RestartReason
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>Nobody could store a reason: the power, the reset button, or a crash.</summary>
    public const int Unexpected = 0;

    /// <summary>One that is not known: another version of the firmware gave it.</summary>
    public const int Other = Count - 1;

    /// <summary>Gets a kind's name, for people and metrics.</summary>
    /// <param name="kind">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its name: lower case, without spaces.</returns>
    public static string NameOf(int kind)
    {
        // A switch and no table, which would stay in the heap.
        return kind switch
        {
            Unexpected => "unexpected",
            1 => "command",
            2 => "stuck",
            3 => "out_of_memory",
            4 => "api_server_silent",
            5 => "exception",
            6 => "settings_changed",
            7 => "provisioning",
            8 => "safe_mode_ended",
            _ => "other",
        };
    }

    /// <summary>Finds the kind of a reason.</summary>
    /// <param name="reason">As <see cref="Rebooter"/> was given it, or <see cref="BootRecord.PowerOn"/>.</param>
    /// <returns>From 0 to <see cref="Count"/> - 1.</returns>
    public static int KindOf(string reason)
    {
        // The thread's name is in it.
        if (reason.EndsWith(" is stuck"))
        {
            return 2;
        }

        return reason switch
        {
            BootRecord.PowerOn => Unexpected,
            "command" => 1,
            "out of memory" or "little memory is free" => 3,
            "API server silent for a day" => 4,
            "unhandled exception" or "setup page fails" => 5,
            "settings changed" => 6,
            "access point opens" or "access point closed" or "provisioned" or "network is away" or "network is back" => 7,
            "safe mode ends" => 8,
            _ => Other,
        };
    }
}
