namespace PicoKubelet.ApiServer.Http;

/// <summary>The form in which a client wants objects.</summary>
internal enum Representation
{
    /// <summary>The objects themselves.</summary>
    Object,

    /// <summary>Their metadata alone.</summary>
    Metadata,

    /// <summary>Columns and rows.</summary>
    Table,
}
