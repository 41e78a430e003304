namespace PicoKubelet.ApiServer.Security;

/// <summary>
/// One right: "verbs resources [namespace=NS] [name=NAME]", lists with commas, * for all. A subresource is named as in
/// RBAC: "get,patch nodes,nodes/status". Example: "create,get,update,patch leases namespace=kube-node-lease".
/// </summary>
internal sealed class AccessRule
{
    private readonly string[] _verbs;
    private readonly string[] _resources;
    private readonly string? _namespace;
    private readonly string? _name;

    /// <exception cref="FormatException">The text is not a rule.</exception>
    public AccessRule(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            throw new FormatException($"Not an access rule (verbs resources [namespace=NS] [name=NAME]): {text}");
        }
        _verbs = words[0].Split(',');
        _resources = words[1].Split(',');
        foreach (var word in words.AsSpan(2))
        {
            if (word.StartsWith("namespace=", StringComparison.Ordinal))
            {
                _namespace = word[10..];
            }
            else if (word.StartsWith("name=", StringComparison.Ordinal))
            {
                _name = word[5..];
            }
            else
            {
                throw new FormatException($"Neither namespace= nor name= in an access rule: {word}");
            }
        }
    }

    /// <summary>The right as it is shown.</summary>
    public AccessGrant Grant => new(_verbs, ["*"], _resources, _name is null ? [] : [_name]);

    /// <summary>Whether the rule allows anything in a namespace.</summary>
    public bool HoldsIn(string ns) => _namespace is null || _namespace == ns;

    /// <summary>Whether the rule allows this.</summary>
    public bool Allows(AccessRequest request)
    {
        var resource = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        return Has(_verbs, request.Verb)
            && Has(_resources, resource)
            && (_namespace is null || _namespace == request.Namespace)
            && (_name is null || _name == request.Name);
    }

    private static bool Has(string[] allowed, string wanted) => allowed.Contains("*") || allowed.Contains(wanted);
}
