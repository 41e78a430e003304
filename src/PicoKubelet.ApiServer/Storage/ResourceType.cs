using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Storage;

/// <summary>One resource: a line of resources.txt.</summary>
internal sealed record ResourceType(
    string Group,
    string Version,
    string Plural,
    string Kind,
    bool Namespaced,
    string? ShortName,
    IReadOnlySet<string> Flags)
{
    /// <summary>Group and version as objects name them.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The plural with its group, as errors name it.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The kind with its group, as validation errors name it.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>The fields of the resource's objects.</summary>
    public TypeSchema Schema => SchemaCatalog.Get(Kind);

    /// <summary>Whether /status is a subresource.</summary>
    public bool HasStatus => Flags.Contains("status");

    /// <summary>Whether PUT creates an object that does not exist.</summary>
    public bool CreatesOnUpdate => Flags.Contains("upsert");

    /// <summary>Whether PUT needs a resourceVersion.</summary>
    public bool NeedsResourceVersion => Flags.Contains("strict");

    /// <summary>Whether a collection can be deleted at once.</summary>
    public bool DeletesCollections => !Flags.Contains("nocollection");

    /// <summary>Whether metadata.generation counts the changes of the spec.</summary>
    public bool HasGeneration => Flags.Contains("generation");

    /// <summary>Whether a deletion waits for the object's time to end, or for its node.</summary>
    public bool EndsGracefully => Flags.Contains("graceful");

    /// <summary>Whether kubectl get all means it.</summary>
    public bool IsInAll => Flags.Contains("all");

    /// <summary>Whether names are anything that fits into a path.</summary>
    public bool NamesAreSegments => Flags.Contains("segment");

    /// <summary>Whether names are DNS labels rather than subdomains.</summary>
    public bool NamesAreLabels => Flags.Contains("label");
}
