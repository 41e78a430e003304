namespace PicoKubelet.ApiServer.Storage;

/// <summary>One change. <see cref="Previous"/> is null for a new object, <see cref="Current"/> is always there: a
/// deleted object's last state, with the resourceVersion of the deletion.</summary>
internal sealed record StoreEvent(StoredObject? Previous, StoredObject Current, bool Deleted)
{
    /// <summary>The resourceVersion of the change.</summary>
    public long ResourceVersion => Current.ResourceVersion;
}
