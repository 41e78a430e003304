namespace PicoKubelet;

/// <summary>The firmware as a whole: reads the settings, starts the loops and watches over them.</summary>
public sealed class Firmware
{
    /// <summary>The name of the settings document in the device's storage.</summary>
    public const string SettingsFile = "picokubelet.json";

    private readonly Platform _platform;

    /// <summary>Initializes the firmware; nothing runs yet.</summary>
    /// <param name="platform">What it runs on.</param>
    public Firmware(Platform platform)
    {
        _platform = platform;
    }

    /// <summary>Reads the settings and starts the loops; returns at once.</summary>
    public void Start()
    {
    }

    /// <summary>Starts the loops and watches over them on the calling thread, until a reboot or <see cref="Stop"/>.</summary>
    public void Run()
    {
    }

    /// <summary>Ends the loops and closes their connections, and waits until they have ended. For the PC; a device only ever reboots.</summary>
    public void Stop()
    {
    }
}
