using System.Threading;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;

namespace PicoKubelet.Provisioning;

/// <summary>Lets a person give the board its settings.</summary>
public sealed class ProvisioningMode
{
    private readonly ManualResetEvent _stop = new ManualResetEvent(false);

    /// <summary>Initializes the mode.</summary>
    /// <param name="platform">What the firmware runs on.</param>
    /// <param name="settings">Where the settings go.</param>
    /// <param name="rebooter">What reboots once there are settings.</param>
    /// <param name="log">The log.</param>
    public ProvisioningMode(Platform platform, SettingsStore settings, Rebooter rebooter, Logger log)
    {
    }

    /// <summary>Runs until there are settings, until its time is over, or until <see cref="Stop"/>.</summary>
    public void Run()
    {
        _stop.WaitOne();
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop()
    {
        _stop.Set();
    }
}
