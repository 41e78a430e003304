namespace PicoKubelet.Logging;

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>For finding a fault.</summary>
    Debug,

    /// <summary>The normal course of things.</summary>
    Info,

    /// <summary>Something went wrong and is tried again.</summary>
    Warning,

    /// <summary>Something needs a person.</summary>
    Error,
}
