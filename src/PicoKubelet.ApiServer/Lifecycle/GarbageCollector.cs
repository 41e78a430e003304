using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// Deletes what its owners have left behind: an object whose ownerReferences all name uids that do not exist, when the
/// owner goes or when the object is written.
/// </summary>
internal sealed class GarbageCollector(ObjectStore store)
{
    public void OnChange(StoreEvent change)
    {
        if (!change.Deleted)
        {
            Collect(change.Current);
            return;
        }
        foreach (var item in ResourceCatalog.All.SelectMany(type => store.List(type, null).Items))
        {
            if (item.Document.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == change.Current.Uid))
            {
                Collect(item);
            }
        }
    }

    private void Collect(StoredObject item)
    {
        var owners = item.Document.Items("metadata", "ownerReferences").ToList();
        if (owners.Count == 0 || owners.Exists(owner => store.Exists(owner.Text("uid") ?? "")))
        {
            return;
        }
        // Another object may have taken the name since.
        if (store.Get(item.Type, item.Namespace, item.Name)?.Uid == item.Uid)
        {
            store.Delete(item.Type, item.Namespace, item.Name);
        }
    }
}
