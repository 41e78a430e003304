namespace PicoKubelet.Enroll.Cli;

/// <summary>What a board signs in with.</summary>
internal enum BoardIdentity
{
    /// <summary>A node's client certificate, as a kubelet does.</summary>
    Node,

    /// <summary>A ServiceAccount's token: for boards that reach the API server by plain HTTP, through a proxy.</summary>
    Token,
}
