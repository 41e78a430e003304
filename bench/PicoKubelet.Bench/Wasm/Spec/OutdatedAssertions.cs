namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>
/// Commands of Debian's scripts (binaryen 108) that the specification says otherwise by now. Wasmtime was asked about those in
/// unreachable code and about the table of the host's functions, and agrees with the engine.
/// </summary>
internal static class OutdatedAssertions
{
    private const string SeveralResults = "outdated: several results are allowed since multi-value";
    private const string Unreachable = "outdated: the types of unreachable code have other rules by now";
    private const string SpecTest = "outdated: it imports from an older module spectest";

    private static readonly Dictionary<(string Script, int Line), string> Reasons = new()
    {
        [("func", 493)] = SeveralResults,
        [("func", 497)] = SeveralResults,
        [("type", 53)] = SeveralResults,
        [("type", 57)] = SeveralResults,
        [("unreached-invalid", 539)] = Unreachable,
        [("old_unreachable", 3)] = Unreachable,
        [("old_address", 1)] = SpecTest,
        [("old_import", 3)] = SpecTest,
        [("old_import", 49)] = "outdated: a table may hold functions of the host",
        [("old_import", 90)] = SpecTest,
        [("old_import", 91)] = SpecTest,
        [("old_start", 78)] = SpecTest,
        [("old_start", 84)] = SpecTest,
    };

    /// <summary>Tells why a command is left out.</summary>
    /// <returns>The reason, or null where it holds.</returns>
    public static string? ReasonFor(string script, SpecCommand command)
    {
        return Reasons.GetValueOrDefault((script, command.Line));
    }
}
