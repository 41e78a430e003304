using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Lifecycle;

/// <summary>
/// Keeps the CA of the API server's certificate in a ConfigMap of each namespace, where pods find it. Source: kube-controller-manager's
/// root-ca-certificate-publisher, pkg/controller/certificates/rootcacertpublisher.
/// </summary>
/// <param name="store">Where it goes.</param>
/// <param name="caPem">The CA's certificate, PEM; null: there is none, and nothing is made.</param>
internal sealed class RootAuthority(ObjectStore store, string? caPem)
{
    private const string Name = "kube-root-ca.crt";
    private const string Key = "ca.crt";

    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal "
        + "service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    /// <summary>Makes it in the namespaces that are there.</summary>
    public void PublishToAll()
    {
        foreach (var ns in store.List(ResourceCatalog.Namespaces, null).Items)
        {
            Publish(ns.Name);
        }
    }

    /// <summary>Makes it in a new namespace, and again where somebody changed or deleted it.</summary>
    public void OnChange(StoreEvent change)
    {
        if (change.Current.Type == ResourceCatalog.Namespaces)
        {
            Publish(change.Current.Name);
        }
        else if (change.Current.Type == ResourceCatalog.ConfigMaps && change.Current.Name == Name)
        {
            Publish(change.Current.Namespace);
        }
    }

    private void Publish(string ns)
    {
        if (caPem is null || store.Get(ResourceCatalog.Namespaces, "", ns) is not { } found || Removal.HasBegun(found.Document))
        {
            return;
        }
        if (store.Get(ResourceCatalog.ConfigMaps, ns, Name) is not { } map)
        {
            var document = new JsonObject
            {
                ["kind"] = "ConfigMap",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject
                {
                    ["name"] = Name,
                    ["namespace"] = ns,
                    ["annotations"] = new JsonObject { ["kubernetes.io/description"] = Description },
                },
                ["data"] = Data(),
            };
            store.Create(ResourceCatalog.ConfigMaps, Normalizer.Normalize(document, ResourceCatalog.ConfigMaps.Schema));
        }
        else if (!JsonNode.DeepEquals(map.Document["data"], Data()))
        {
            store.Update(ResourceCatalog.ConfigMaps, ns, Name, current =>
            {
                var document = (JsonObject)current.Document.DeepClone();
                document["data"] = Data();
                return Normalizer.Normalize(document, current.Type.Schema);
            });
        }
    }

    private JsonObject Data() => new() { [Key] = caPem };
}
