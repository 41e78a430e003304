using System;
using PicoKubelet.Kubelet;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Provisioning;

/// <summary>
/// Has a board whose network has been away for long open its own one, with the setup page: the Wi-Fi may have another name or password by now.
/// A device does so with a restart, so not where pods or outputs would pay for it.
/// </summary>
internal sealed class LostNetworkDuty : INodeDuty
{
    // 160 minutes by default: four reboots each time that nobody came, 17 a day in the end, as a board without settings has.
    private const int MaxDoublings = 4;

    private readonly Platform _platform;
    private readonly Link _link;
    private readonly WifiSettings _settings;
    private readonly Rebooter _rebooter;
    private readonly Logger _log;
    private readonly BoardPins _pins;
    private readonly IPodProvider _pods;
    private readonly Random _random;
    private int _closings;
    private bool _isDone;

    /// <summary>Initializes the duty.</summary>
    /// <param name="platform">What the firmware runs on, with an access point.</param>
    /// <param name="link">The board's link.</param>
    /// <param name="settings">How long to wait, and the password.</param>
    /// <param name="rebooter">Restarts the board.</param>
    /// <param name="log">The log.</param>
    /// <param name="pins">The pins, of which none may be an output.</param>
    /// <param name="pods">The pods, of which there may be none; or null where the board runs none.</param>
    /// <param name="random">Where a password comes from.</param>
    /// <param name="closings">How often in a row the page was closed because nobody came.</param>
    public LostNetworkDuty(Platform platform, Link link, WifiSettings settings, Rebooter rebooter, Logger log, BoardPins pins, IPodProvider pods, Random random, int closings)
    {
        _platform = platform;
        _link = link;
        _settings = settings;
        _rebooter = rebooter;
        _log = log;
        _pins = pins;
        _pods = pods;
        _random = random;
        _closings = closings;
    }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.Off;

    private bool IsBusy => _pins.HasOutputs || (_pods != null && _pods.HasPods);

    // A day four times doubled is 16 days, which fits.
    private int Patience => (_settings.SetupMinutes * 60 * 1000) << (_closings < MaxDoublings ? _closings : MaxDoublings);

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        if (stage >= NodeStage.Linked)
        {
            _closings = 0;
        }
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        long absence = _link.Absence;
        if (_isDone || absence == 0 || IsBusy)
        {
            return int.MaxValue;
        }

        return absence < Patience ? (int)(Patience - absence) : 0;
    }

    /// <inheritdoc/>
    public bool Do()
    {
        _isDone = true;
        _log.Warn("no network for long: the setup page opens", "minutes", (_link.Absence / (60 * 1000)).ToString());
        new SetupNetwork(_platform, _settings.SetupPassword, _random).Open(false);
        _rebooter.Reboot(ProvisioningMode.AwayReason, _closings);
        return false;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return false;
    }
}
