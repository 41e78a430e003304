namespace PicoKubelet.Bench.Costs;

/// <summary>How both designs sign in, and what the design's board has room for.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="UsesTls">Whether both speak TLS.</param>
/// <param name="HasCertificate">Whether both show a node's client certificate, over TLS, in place of a ServiceAccount's token.</param>
/// <param name="Watches">Whether the board watches its Node and its ConfigMap, as one with room for it can.</param>
internal sealed record WireSetup(string Title, bool UsesTls, bool HasCertificate, bool Watches)
{
    public static readonly WireSetup Proxy = new("plain HTTP to a proxy", UsesTls: false, HasCertificate: false, Watches: false);
    public static readonly WireSetup Token = new("TLS, token", UsesTls: true, HasCertificate: false, Watches: false);
    public static readonly WireSetup Certificate = new("TLS, certificate", UsesTls: true, HasCertificate: true, Watches: false);
    public static readonly WireSetup WatchingWithToken = new("TLS, token, watching", UsesTls: true, HasCertificate: false, Watches: true);
    public static readonly WireSetup WatchingWithCertificate = new("TLS, certificate, watching", UsesTls: true, HasCertificate: true, Watches: true);

    /// <summary>Gets all that are measured against a real API server.</summary>
    public static IReadOnlyList<WireSetup> All { get; } = [Proxy, Token, Certificate, WatchingWithToken, WatchingWithCertificate];

    /// <summary>Gets the names of the two Nodes, of one length in all setups.</summary>
    public string[] NodeNames
    {
        get
        {
            int index = All.ToList().IndexOf(this);
            return [$"pico-node-{(char)('a' + (2 * index))}", $"pico-node-{(char)('b' + (2 * index))}"];
        }
    }
}
