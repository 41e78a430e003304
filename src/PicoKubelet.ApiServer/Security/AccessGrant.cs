namespace PicoKubelet.ApiServer.Security;

/// <summary>A right as it is shown: these verbs to these resources; no names mean any.</summary>
internal sealed record AccessGrant(
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> Names);
