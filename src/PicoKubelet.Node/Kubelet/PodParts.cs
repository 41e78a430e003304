using System;
using PicoKubelet.Api;
using PicoKubelet.Configuration;
using PicoKubelet.Events;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Node;
using PicoKubelet.Node.Duties;
using PicoKubelet.Outputs;
using PicoKubelet.Rejection;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Time;
using PicoKubelet.Wiring;

namespace PicoKubelet.Kubelet;

/// <summary>The parts of the node that what runs pods works with.</summary>
public sealed class PodParts
{
    /// <summary>Gets or sets what the firmware runs on.</summary>
    public Platform Platform { get; set; }

    /// <summary>Gets or sets the device's settings.</summary>
    public DeviceSettings Settings { get; set; }

    /// <summary>Gets or sets the board's profile.</summary>
    public BoardProfile Profile { get; set; }

    /// <summary>Gets or sets the Node's description.</summary>
    public NodeDescription Node { get; set; }

    /// <summary>Gets or sets the Node's controller, which gets a duty more.</summary>
    public NodeController Controller { get; set; }

    /// <summary>Gets or sets the controller's loop.</summary>
    public Loop Loop { get; set; }

    /// <summary>Gets or sets the client of that loop.</summary>
    public ApiClient Client { get; set; }

    /// <summary>Gets or sets what opens connections to the API server, for a client of the pods' watch.</summary>
    public SocketConnector Connector { get; set; }

    /// <summary>Gets or sets the longest wait for a reply, in milliseconds.</summary>
    public int RequestTimeout { get; set; }

    /// <summary>Gets or sets what tells Events.</summary>
    public EventRecorder Events { get; set; }

    /// <summary>Gets or sets what tells the API server of pods that do not run here.</summary>
    public PodRejection Rejection { get; set; }

    /// <summary>Gets or sets the time of day.</summary>
    public TimeKeeper Time { get; set; }

    /// <summary>Gets or sets pins and LED.</summary>
    public BoardOutputs Outputs { get; set; }

    /// <summary>Gets or sets what looks at inputs and has the I2C buses.</summary>
    public IWired Wired { get; set; }

    /// <summary>Gets or sets the memory cells.</summary>
    public MemoryCells Cells { get; set; }

    /// <summary>Gets or sets the configuration in force.</summary>
    public ConfigurationValues Configuration { get; set; }

    /// <summary>Gets or sets the log.</summary>
    public Logger Log { get; set; }

    /// <summary>Gets or sets the jitter's source.</summary>
    public Random Random { get; set; }
}
