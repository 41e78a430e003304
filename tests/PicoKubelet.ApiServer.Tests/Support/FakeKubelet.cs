using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Tests.Support;

/// <summary>Plays the kubelets of all nodes: what they are given runs, and what is to be deleted goes.</summary>
internal sealed class FakeKubelet(Cluster cluster)
{
    /// <summary>How a pod's status is made of the pod.</summary>
    public Func<JsonNode, string> StatusOf { get; set; } = _ => Running;

    /// <summary>A status of a pod that runs and is ready.</summary>
    public const string Running = """{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}]}""";

    /// <summary>A status of a pod that ended well.</summary>
    public const string Succeeded = """{"phase":"Succeeded","conditions":[{"type":"Ready","status":"False"}]}""";

    /// <summary>A status of a pod that ended badly.</summary>
    public const string Failed = """{"phase":"Failed","conditions":[{"type":"Ready","status":"False"}]}""";

    /// <summary>Lets the kubelets act until the condition holds.</summary>
    public Task UntilAsync(Func<Task<bool>> condition, string what) => Wait.UntilAsync(
        async () =>
        {
            await StepAsync();
            return await condition();
        },
        what);

    /// <summary>Lets the kubelets act once.</summary>
    public async Task StepAsync()
    {
        foreach (var pod in (await cluster.GetAsync("/api/v1/pods")).Json["items"]!.AsArray())
        {
            var path = $"/api/v1/namespaces/{pod!["metadata"]!["namespace"]}/pods/{pod["metadata"]!["name"]}";
            if (pod["spec"]!["nodeName"] is null)
            {
                continue;
            }
            if (pod["metadata"]!["deletionTimestamp"] is not null)
            {
                await cluster.SendAsync("DELETE", path, $$$"""{"gracePeriodSeconds":0,"preconditions":{"uid":"{{{pod["metadata"]!["uid"]}}}"}}""");
            }
            else if (pod["status"]!["phase"]!.ToString() == "Pending")
            {
                await cluster.PatchAsync(path + "/status", Cluster.Strategic, $$"""{"status":{{StatusOf(pod)}}}""");
            }
        }
    }
}
