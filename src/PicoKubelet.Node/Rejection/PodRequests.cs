using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Rejection;

/// <summary>The requests about a pod that a node without the pods' assembly sends too.</summary>
public static class PodRequests
{
    /// <summary>Gets where a pod is.</summary>
    /// <param name="podNamespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The path at the API server.</returns>
    public static string PathOf(string podNamespace, string name)
    {
        return "/api/v1/namespaces/" + podNamespace + "/pods/" + name;
    }

    /// <summary>Confirms the deletion of a pod: at once, and of none but this one.</summary>
    /// <param name="client">The client of the API server.</param>
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="name">The pod's name.</param>
    /// <param name="uid">The pod's uid.</param>
    /// <returns>What became of it.</returns>
    public static ApiResult Delete(ApiClient client, string podNamespace, string name, string uid)
    {
        JsonWriter json = client.Begin(Verb.Delete, PathOf(podNamespace, name), MediaType.Json);
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "DeleteOptions");
        json.Property("gracePeriodSeconds", 0);
        json.BeginObject("preconditions");
        json.Property("uid", uid);
        json.EndObject();
        json.EndObject();
        return client.Send(null);
    }
}
