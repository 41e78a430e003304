using Microsoft.AspNetCore.Http;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Pods;

/// <summary>What the API server hands on to a node's kubelet: logs, what is proxied, and exec, attach and port-forward, which boards refuse.</summary>
internal sealed class KubeletHandler(ObjectStore store, KubeletClient kubelets)
{
    private const int LongestError = 20_000;

    private static readonly string[] LogParameters = ["follow", "limitBytes", "previous", "sinceSeconds", "sinceTime", "tailLines", "timestamps"];

    /// <summary>pods/log</summary>
    public async Task LogAsync(ApiCall call)
    {
        var pod = Pod(call);
        var container = Container(pod, call.Query("container"));
        if (pod.Document.Text("spec", "nodeName") is not { Length: > 0 } node)
        {
            await Replies.WriteAsync(call.Context, 200, ReadOnlyMemory<byte>.Empty, "text/plain");
            return;
        }
        var query = QueryString.Create(LogParameters.Where(name => call.Query(name).Length > 0).Select(name => KeyValuePair.Create(name, (string?)call.Query(name))));
        var path = $"/containerLogs/{pod.Namespace}/{pod.Name}/{container}{query}";
        using var answer = await kubelets.SendAsync(node, HttpMethod.Get, path, null, call.Context.RequestAborted);
        await CheckAsync(answer, "pods/log", call.Name);
        await CopyAsync(call, answer);
    }

    /// <summary>nodes/proxy: the answer as it comes.</summary>
    public async Task ProxyAsync(ApiCall call)
    {
        var path = (call.Rest.Length == 0 ? "/" : call.Rest) + call.Request.QueryString;
        HttpContent? body = null;
        if (call.Request.ContentLength > 0)
        {
            body = new ByteArrayContent(await RequestBody.ReadAsync(call.Request));
            body.Headers.TryAddWithoutValidation("Content-Type", call.Request.ContentType);
        }
        using var answer = await kubelets.SendAsync(call.Name, new HttpMethod(call.Request.Method), path, body, call.Context.RequestAborted);
        await CopyAsync(call, answer);
    }

    /// <summary>pods/exec, attach and portforward: what the kubelet says to it. This server switches no protocols.</summary>
    public async Task StreamAsync(ApiCall call)
    {
        var pod = Pod(call);
        if (pod.Document.Text("spec", "nodeName") is not { Length: > 0 } node)
        {
            throw Failures.BadRequest($"pod {pod.Name} does not have a host assigned");
        }
        var path = call.Subresource == "portforward"
            ? $"/portForward/{pod.Namespace}/{pod.Name}"
            : $"/{call.Subresource}/{pod.Namespace}/{pod.Name}/{Container(pod, call.Query("container"))}";
        using var answer = await kubelets.SendAsync(node, new HttpMethod(call.Request.Method), path, null, call.Context.RequestAborted);
        await CopyAsync(call, answer);
    }

    private StoredObject Pod(ApiCall call) =>
        store.Get(ResourceCatalog.Pods, call.Namespace, call.Name) ?? throw Failures.NotFound(ResourceCatalog.Pods, call.Name);

    private static string Container(StoredObject pod, string wanted)
    {
        var names = pod.Document.Items("spec", "containers").Select(container => container.Text("name")!).ToList();
        if (wanted.Length == 0)
        {
            return names.Count == 1
                ? names[0]
                : throw Failures.BadRequest($"a container name must be specified for pod {pod.Name}, choose one of: [{string.Join(' ', names)}]");
        }
        return names.Contains(wanted) ? wanted : throw Failures.BadRequest($"container {wanted} is not valid for pod {pod.Name}");
    }

    // Source: apimachinery's NewGenericServerResponse, by apiserver's GenericHttpResponseChecker.
    private static async Task CheckAsync(HttpResponseMessage answer, string resource, string name)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }
        var said = await answer.Content.ReadAsStringAsync();
        said = said.Length > LongestError ? said[..LongestError] : said;
        throw (int)answer.StatusCode switch
        {
            400 => Failures.BadRequest(said),
            404 => Failures.Unserved($"the server could not find the requested resource ( {resource} {name})"),
            500 => Failures.InternalError(said),
            var code => Failures.Unexpected(code, $"the server responded with the status code {code} but did not return more information ( {resource} {name})", said),
        };
    }

    private static async Task CopyAsync(ApiCall call, HttpResponseMessage answer)
    {
        var response = call.Context.Response;
        var ended = call.Context.RequestAborted;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.ContentLength = answer.Content.Headers.ContentLength;
        if (HttpMethods.IsHead(call.Request.Method))
        {
            return;
        }
        // Line by line as it comes: a log may be followed.
        await response.StartAsync(ended);
        await using var source = await answer.Content.ReadAsStreamAsync(ended);
        var buffer = new byte[4096];
        int read;
        while ((read = await source.ReadAsync(buffer, ended)) > 0)
        {
            await response.Body.WriteAsync(buffer.AsMemory(0, read), ended);
            await response.Body.FlushAsync(ended);
        }
    }
}
