using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet;

/// <summary>What the endpoints answer from: the live parts of the node.</summary>
public sealed class NodeContext
{
    /// <summary>Gets or sets what the firmware runs on.</summary>
    public Platform Platform { get; set; }

    /// <summary>Gets or sets what takes the board's secrets out of text that came from elsewhere.</summary>
    public SecretMask Secrets { get; set; }

    /// <summary>Gets or sets the settings in force.</summary>
    public DeviceSettings Settings { get; set; }

    /// <summary>Gets or sets the board's profile.</summary>
    public BoardProfile Profile { get; set; }

    /// <summary>Gets or sets what does not change about the Node.</summary>
    public NodeDescription Node { get; set; }

    /// <summary>Gets or sets what the node knows of itself.</summary>
    public NodeState State { get; set; }

    /// <summary>Gets or sets the Node's conditions.</summary>
    public NodeConditions Conditions { get; set; }

    /// <summary>Gets or sets how often and why the board was started.</summary>
    public BootRecord Boot { get; set; }

    /// <summary>Gets or sets what reboots the board.</summary>
    public Rebooter Rebooter { get; set; }

    /// <summary>Gets or sets the Wi-Fi.</summary>
    public Link Wifi { get; set; }

    /// <summary>Gets or sets what the client of the API server did.</summary>
    public ApiStatistics Api { get; set; }

    /// <summary>Gets or sets the time of day.</summary>
    public TimeKeeper Time { get; set; }

    /// <summary>Gets or sets the pods, or null where the settings give them no room.</summary>
    public Pods.PodTable Pods { get; set; }

    /// <summary>Gets or sets the memory cells.</summary>
    public MemoryCells Cells { get; set; }

    /// <summary>Gets or sets the LED and the pins.</summary>
    public BoardOutputs Outputs { get; set; }

    /// <summary>Gets or sets what the ConfigMap's part of the firmware did, or null where it is not wired.</summary>
    public ConfigurationState Configuration { get; set; }

    /// <summary>Gets or sets the configuration in force, or null where the settings alone count.</summary>
    public NodeConfiguration InForce { get; set; }

    /// <summary>Gets or sets what a command to read the ConfigMap again calls, or null where nothing reads one.</summary>
    public ReloadAction Reload { get; set; }

    /// <summary>Gets or sets when the firmware started, in the monotonic clock's milliseconds.</summary>
    public long Started { get; set; }

    /// <summary>Gets how long the firmware runs, in milliseconds.</summary>
    public long Uptime => Platform.Clock.Milliseconds - Started;

    /// <summary>Gets how long ago the API server took the last heartbeat, in milliseconds, or -1 where it took none.</summary>
    public long HeartbeatAge
    {
        get
        {
            long last = State.LastHeartbeat;
            return last < 0 ? -1 : Platform.Clock.Milliseconds - last;
        }
    }

    /// <summary>Gets whether the API server took a heartbeat in the last 60 s.</summary>
    public bool HasRecentHeartbeat
    {
        get
        {
            long age = HeartbeatAge;
            return age >= 0 && age <= 60 * 1000;
        }
    }
}
