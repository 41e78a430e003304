using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Security;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>Empties namespaces that are to be deleted, and lets them go.</summary>
internal sealed class NamespaceContent(ObjectStore store)
{
    private static readonly string[] BuiltIn = ["default", "kube-node-lease", "kube-public", "kube-system"];

    /// <summary>Makes the namespaces that every cluster has.</summary>
    public void CreateBuiltIn()
    {
        foreach (var name in BuiltIn)
        {
            var document = new JsonObject
            {
                ["kind"] = "Namespace",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject { ["name"] = name },
            };
            Http.ObjectPreparation.Admit(store, ResourceCatalog.Namespaces, document);
            store.Create(ResourceCatalog.Namespaces, Normalizer.Normalize(document, ResourceCatalog.Namespaces.Schema));
            ServiceAccounts.CreateDefault(store, name);
        }
    }

    public void OnChange(StoreEvent change)
    {
        // A pod ends in its own time, and the namespace waits for it.
        var name = change.Current.Type == ResourceCatalog.Namespaces && !change.Deleted ? change.Current.Name
            : change.Deleted ? change.Current.Namespace
            : "";
        if (name.Length == 0 || store.Get(ResourceCatalog.Namespaces, "", name) is not { } ns || !Removal.HasBegun(ns.Document))
        {
            return;
        }
        foreach (var item in Content(name))
        {
            store.Delete(item.Type, name, item.Name);
        }
        if (Content(name).Any())
        {
            return;
        }
        store.Update(ResourceCatalog.Namespaces, "", name, current =>
        {
            var document = (JsonObject)current.Document.DeepClone();
            document.Child("spec").Remove("finalizers");
            return document;
        });
    }

    private IEnumerable<StoredObject> Content(string ns) =>
        ResourceCatalog.All.Where(type => type.Namespaced).SelectMany(type => store.List(type, ns).Items);
}
