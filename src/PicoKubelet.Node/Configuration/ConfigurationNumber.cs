namespace PicoKubelet.Configuration;

/// <summary>The values of <see cref="ConfigurationValues"/> that are numbers, or can be told by one.</summary>
public enum ConfigurationNumber
{
    /// <summary>Seconds between heartbeats.</summary>
    LeaseSeconds,

    /// <summary>Seconds between reports of an unchanged status.</summary>
    StatusSeconds,

    /// <summary>Seconds between two looks at the ConfigMap.</summary>
    PollSeconds,

    /// <summary>The lowest level that is logged, a <see cref="Logging.LogLevel"/>.</summary>
    LogLevel,

    /// <summary>Whether /metrics is served: 0 or 1.</summary>
    MetricsEnabled,

    /// <summary>Whether the node's port may be read without a token: 0 or 1.</summary>
    AnonymousRead,

    /// <summary>What the LED shows: -1 off, 0 on, otherwise the milliseconds of each half of its blinking.</summary>
    Led,

    /// <summary>How many there are.</summary>
    Count,
}
