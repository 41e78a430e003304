namespace PicoKubelet.ApiServer.Security;

/// <summary>What a token was given with <see cref="EmbeddedApiServer.AddToken"/>: each of its rules allows something.</summary>
internal sealed class AccessRules(IEnumerable<string> texts) : IAuthorizer
{
    private readonly AccessRule[] _rules = [.. texts.Select(text => new AccessRule(text))];

    public bool Allows(AccessRequest request) => Array.Exists(_rules, rule => rule.Allows(request));

    public IEnumerable<AccessGrant> GrantsIn(string ns) => _rules.Where(rule => rule.HoldsIn(ns)).Select(rule => rule.Grant);
}
