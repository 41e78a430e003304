namespace PicoKubelet.Api;

/// <summary>How much of an object a reply is to hold.</summary>
public enum ReplyForm
{
    /// <summary>The whole object.</summary>
    Whole,

    /// <summary>Its metadata alone, from servers that can: a Node's status 239 bytes instead of 1,303.</summary>
    Metadata,

    /// <summary>Of each object of a list the metadata alone, from servers that can.</summary>
    MetadataList,

    /// <summary>Nothing that is read: that the request succeeded is enough.</summary>
    Nothing,

    /// <summary>Which object it is and in which version, for <see cref="ObjectVersion"/>: its metadata in the fewest bytes, from servers that can.</summary>
    Version,
}
