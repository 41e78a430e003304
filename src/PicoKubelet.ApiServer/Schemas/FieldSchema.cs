namespace PicoKubelet.ApiServer.Schemas;

/// <summary>What a field of an object may hold.</summary>
internal enum FieldKind
{
    String,
    Bool,
    Int32,
    Int64,
    Time,
    MicroTime,
    Quantity,
    IntOrString,
    Bytes,
    Any,
    Object,
}

/// <summary>The container a field's values come in.</summary>
internal enum FieldShape
{
    Single,
    List,
    Map,
}

/// <summary>One field of a type: a line of types.txt or workloads.txt.</summary>
internal sealed record FieldSchema(
    string Name,
    int Number,
    FieldKind Kind,
    FieldShape Shape,
    string? TypeName,
    bool Always,
    bool Pointer,
    string? MergeKey,
    bool MergePrimitives,
    string? Description)
{
    /// <summary>The type of the field's values, for <see cref="FieldKind.Object"/>.</summary>
    public TypeSchema? Type { get; set; }

    /// <summary>Whether a strategic merge patch merges this list rather than replacing it.</summary>
    public bool IsMergeList => Shape == FieldShape.List && (MergeKey is not null || MergePrimitives);
}
