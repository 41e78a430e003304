using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
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
            Http.ObjectPreparation.Admit(ResourceCatalog.Namespaces, document);
            store.Create(ResourceCatalog.Namespaces, Normalizer.Normalize(document, ResourceCatalog.Namespaces.Schema));
        }
    }

    public void OnChange(StoreEvent change)
    {
        if (change.Current.Type != ResourceCatalog.Namespaces || change.Deleted || !change.Current.Metadata.ContainsKey("deletionTimestamp"))
        {
            return;
        }
        var name = change.Current.Name;
        foreach (var type in ResourceCatalog.All.Where(type => type.Namespaced))
        {
            foreach (var item in store.List(type, name).Items)
            {
                store.Delete(type, name, item.Name);
            }
        }
        store.Update(ResourceCatalog.Namespaces, "", name, current =>
        {
            var document = (JsonObject)current.Document.DeepClone();
            document.Child("spec").Remove("finalizers");
            return document;
        });
    }
}
