namespace PicoKubelet.Configuration;

/// <summary>The configuration in force. Changed by the node's loop, read by any thread each time that it needs a value.</summary>
public sealed class NodeConfiguration
{
    /// <summary>Initializes the configuration.</summary>
    /// <param name="values">The values in force.</param>
    public NodeConfiguration(ConfigurationValues values)
    {
        Values = values;
    }

    /// <summary>Gets the values of all keys, to show them; <see cref="ConfigurationKey.Write"/> writes each.</summary>
    public ConfigurationValues Values { get; }

    /// <summary>Gets the time between heartbeats, milliseconds.</summary>
    public int LeaseMilliseconds => Values.Number(ConfigurationNumber.LeaseSeconds) * 1000;

    /// <summary>Gets the time between reports of an unchanged status, milliseconds.</summary>
    public int StatusMilliseconds => Values.Number(ConfigurationNumber.StatusSeconds) * 1000;

    /// <summary>Gets the time between two looks at the ConfigMap, milliseconds.</summary>
    public int PollMilliseconds => Values.Number(ConfigurationNumber.PollSeconds) * 1000;

    /// <summary>Gets whether /metrics is served.</summary>
    public bool IsMetricsEnabled => Values.Number(ConfigurationNumber.MetricsEnabled) != 0;

    /// <summary>Gets whether the node's port may be read without a token.</summary>
    public bool AllowsAnonymousRead => Values.Number(ConfigurationNumber.AnonymousRead) != 0;
}
