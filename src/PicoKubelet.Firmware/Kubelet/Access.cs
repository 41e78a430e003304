namespace PicoKubelet.Kubelet;

/// <summary>Who may use a route.</summary>
internal enum Access
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Who shows the token; everybody where the settings allow anonymous reads.</summary>
    Read,

    /// <summary>Who shows the token.</summary>
    Command,
}
