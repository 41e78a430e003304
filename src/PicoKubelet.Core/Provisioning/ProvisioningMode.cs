using System.Threading;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;

namespace PicoKubelet.Provisioning;

/// <summary>Lets a person give the board its settings.</summary>
public sealed class ProvisioningMode
{
    /// <summary>The reason of the reboot that closes the network: the board begins with a pause after it.</summary>
    public const string ClosedReason = "access point closed";

    private readonly ManualResetEvent _stop = new ManualResetEvent(false);

    /// <summary>Initializes the mode.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="store">Where the settings go.</param>
    /// <param name="stored">The settings that are stored, or null where there are none that can be used.</param>
    /// <param name="rebooter">What reboots once there are settings.</param>
    /// <param name="log">The log.</param>
    public ProvisioningMode(Platform platform, SettingsStore store, DeviceSettings stored, Rebooter rebooter, Logger log)
    {
    }

    /// <summary>Gets or sets whether the network has no password.</summary>
    public bool IsOpenNetwork { get; set; }

    /// <summary>Gets or sets whether the network was closed by the last reboot, so that it opens again only after a pause.</summary>
    public bool BeginsWithPause { get; set; }

    /// <summary>Runs until there are settings, until its time is over, or until <see cref="Stop"/>.</summary>
    /// <returns>Whether the board may go on as a node.</returns>
    public bool Run()
    {
        _stop.WaitOne();
        return false;
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop()
    {
        _stop.Set();
    }
}
