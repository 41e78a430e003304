using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Inputs;
using PicoKubelet.Kubelet.Commands;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet;

/// <summary>The parts of the node that the kubelet's port answers from; each endpoint is given those that it needs.</summary>
public sealed class KubeletParts
{
    /// <summary>Gets what the firmware runs on.</summary>
    public Platform Platform { get; init; }

    /// <summary>Gets the settings in force.</summary>
    public DeviceSettings Settings { get; init; }

    /// <summary>Gets the board's profile, made when it is asked for, which is seldom.</summary>
    public BoardProfile Profile => BoardProfiles.ForTarget(Platform.Board.TargetName);

    /// <summary>Gets what does not change about the Node.</summary>
    public NodeDescription Node { get; init; }

    /// <summary>Gets what the node knows of itself.</summary>
    public NodeState State { get; init; }

    /// <summary>Gets the Node's conditions.</summary>
    public NodeConditions Conditions { get; init; }

    /// <summary>Gets how often and why the board was started.</summary>
    public BootRecord Boot { get; init; }

    /// <summary>Gets the log's lines that were kept over the last reboot.</summary>
    public LogFile LastLines { get; init; }

    /// <summary>Gets what sends the log's lines, or null where nothing does.</summary>
    public Syslog Syslog { get; init; }

    /// <summary>Gets what reboots the board.</summary>
    public Rebooter Rebooter { get; init; }

    /// <summary>Gets the Wi-Fi.</summary>
    public Link Wifi { get; init; }

    /// <summary>Gets what the client of the API server did.</summary>
    public ApiStatistics Api { get; init; }

    /// <summary>Gets the time of day.</summary>
    public TimeKeeper Time { get; init; }

    /// <summary>Gets the memory cells.</summary>
    public MemoryCells Cells { get; init; }

    /// <summary>Gets the LED and the pins.</summary>
    public BoardOutputs Outputs { get; init; }

    /// <summary>Gets what is wired to the board.</summary>
    public BoardInputs Inputs { get; init; }

    /// <summary>Gets what the ConfigMap's part of the firmware did.</summary>
    public ConfigurationState Configuration { get; init; }

    /// <summary>Gets the configuration in force.</summary>
    public NodeConfiguration InForce { get; init; }

    /// <summary>Gets what a command to read the ConfigMap again calls.</summary>
    public ReloadAction Reload { get; init; }

    /// <summary>Gets what runs pods, or null where they have no room.</summary>
    public IPodProvider Pods { get; init; }
}
