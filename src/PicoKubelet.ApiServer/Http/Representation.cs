namespace PicoKubelet.ApiServer.Http;

/// <summary>The form in which a client wants objects.</summary>
internal enum Representation
{
    /// <summary>The objects themselves.</summary>
    Object,

    /// <summary>Their metadata alone.</summary>
    Metadata,

    /// <summary>The same in protobuf, of one object; of several in JSON.</summary>
    PackedMetadata,

    /// <summary>Columns and rows.</summary>
    Table,
}
