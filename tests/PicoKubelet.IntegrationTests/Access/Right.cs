namespace PicoKubelet.IntegrationTests.Access;

/// <summary>Something that a board may do.</summary>
/// <param name="Group">The API group, empty for the core.</param>
/// <param name="Resource">The resource, with its subresource behind a slash.</param>
/// <param name="Namespace">The namespace, or empty where the resource has none: the right is the cluster's then, wherever it is asked for.</param>
/// <param name="IsOwnOnly">Whether it is for the board's own object alone, which goes by its name.</param>
/// <param name="Verbs">What it may do to it.</param>
internal sealed record Right(string Group, string Resource, string Namespace, bool IsOwnOnly, params string[] Verbs)
{
    /// <summary>Gets whether something that is asked is this.</summary>
    public bool Covers(Question question, string own)
    {
        return Group == question.Group
            && Resource == question.Resource
            && (Namespace.Length == 0 || Namespace == question.Namespace)
            && (!IsOwnOnly || question.Name == own)
            && Verbs.Contains(question.Verb);
    }

    /// <summary>Gets the line of the table in docs/security.md.</summary>
    public override string ToString()
    {
        string resource = Group.Length == 0 ? $"`{Resource}`" : $"`{Resource}.{Group}`";
        string objects = IsOwnOnly ? "its own" : "any";
        string place = Namespace.Length == 0 ? "the cluster's" : $"`{Namespace}`";
        return $"| {resource} | {objects} | {place} | {string.Join(", ", Verbs.Select(verb => $"`{verb}`"))} |";
    }
}
