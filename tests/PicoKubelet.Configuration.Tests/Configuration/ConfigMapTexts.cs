using System;
using System.Threading;
using PicoKubelet.Runtime;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

/// <summary>ConfigMaps as the API server sends them, and what a node tells of them.</summary>
internal static class ConfigMapTexts
{
    public static string Reload(NodeHarness node)
    {
        node.Configuration.NodeLoop = new Loop("node", node.Node, node.Clock, node.Logger, new Random(1));
        string answer = "none";
        Thread asking = new Thread(() => answer = node.Configuration.Reload());
        asking.Start();
        while (!asking.Join(1))
        {
            node.Run(100);
        }

        return answer;
    }

    public static string Map(string version, string data)
    {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"pico-node-1\",\"resourceVersion\":\"" + version + "\"},\"data\":{" + data + "}}";
    }

    public static string TransitionOf(NodeHarness node)
    {
        string condition = ConditionOf(node);
        return condition.Substring(condition.IndexOf("lastTransitionTime") + 21, 20);
    }

    public static string ConditionOf(NodeHarness node)
    {
        string body = node.Server.LastOf("status").Body;
        int start = body.IndexOf("{\"type\":\"ConfigurationApplied\"");
        return body.Substring(start, body.IndexOf("{\"type\":\"Ready\"") - start);
    }
}
