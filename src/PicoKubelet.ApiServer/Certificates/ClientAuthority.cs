using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Certificates;

/// <summary>The ConfigMap by which others find the CA of the API server's clients. Source: kube-apiserver's clusterauthenticationtrust controller.</summary>
internal static class ClientAuthority
{
    /// <summary>Makes it.</summary>
    /// <param name="store">Where it goes.</param>
    /// <param name="caPem">The CA's certificate, PEM; null: there is none, and nothing is made.</param>
    public static void Publish(ObjectStore store, string? caPem)
    {
        if (caPem is null)
        {
            return;
        }
        var document = new JsonObject
        {
            ["kind"] = "ConfigMap",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = "extension-apiserver-authentication", ["namespace"] = "kube-system" },
            ["data"] = new JsonObject { ["client-ca-file"] = caPem },
        };
        store.Create(ResourceCatalog.ConfigMaps, Normalizer.Normalize(document, ResourceCatalog.ConfigMaps.Schema));
    }
}
