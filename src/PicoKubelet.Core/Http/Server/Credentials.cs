namespace PicoKubelet.Http.Server;

/// <summary>What a request shows to say who it comes from.</summary>
public enum Credentials
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The token of the settings.</summary>
    Right,

    /// <summary>Anything else.</summary>
    Wrong,
}
