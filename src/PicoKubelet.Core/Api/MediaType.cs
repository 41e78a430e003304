namespace PicoKubelet.Api;

/// <summary>The media types of bodies.</summary>
public static class MediaType
{
    /// <summary>A whole object.</summary>
    public const string Json = "application/json";

    /// <summary>RFC 7386: members replace, null deletes, lists are replaced whole.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>RFC 6902: a list of operations, which are done all or not at all.</summary>
    public const string JsonPatch = "application/json-patch+json";

    /// <summary>Kubernetes' own: lists are merged by their keys, conditions by <c>type</c> for instance.</summary>
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";

    /// <summary>Kubernetes' objects in fewer bytes, for replies.</summary>
    public const string Protobuf = "application/vnd.kubernetes.protobuf";
}
