namespace PicoKubelet.Http.Server;

/// <summary>Who may use a route.</summary>
public enum Access
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Who shows the token; everybody where anonymous reads are allowed.</summary>
    Read,

    /// <summary>Who shows the token.</summary>
    Command,
}
