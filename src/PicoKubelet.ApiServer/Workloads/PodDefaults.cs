using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Workloads;

/// <summary>What the real server fills into pods and into templates of pods. Source: pkg/apis/core/v1/defaults.go.</summary>
internal static class PodDefaults
{
    private const long FileMode = 0b110_100_100;
    private const long TokenSeconds = 3600;

    /// <summary>Fills in what a pod's spec leaves open.</summary>
    public static void SetPod(JsonObject spec)
    {
        spec["enableServiceLinks"] ??= true;
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            RequestWhatIsLimited(container);
        }
        SetTemplate(spec);
    }

    /// <summary>Fills in what the spec of a template of pods leaves open.</summary>
    public static void SetTemplate(JsonObject spec)
    {
        spec["dnsPolicy"] ??= "ClusterFirst";
        spec["restartPolicy"] ??= "Always";
        spec["terminationGracePeriodSeconds"] ??= 30L;
        spec["schedulerName"] ??= "default-scheduler";
        spec["securityContext"] ??= new JsonObject();
        if (spec.Text("serviceAccountName") is { } account)
        {
            spec["serviceAccount"] ??= account;
        }
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            SetContainer(container);
        }
        foreach (var volume in spec.Items("volumes"))
        {
            SetVolume(volume);
        }
    }

    private static void RequestWhatIsLimited(JsonObject container)
    {
        if (container.At("resources", "limits") is not JsonObject { Count: > 0 } limits)
        {
            return;
        }
        var requests = container.Child("resources").Child("requests");
        foreach (var (resource, amount) in limits)
        {
            requests[resource] ??= amount?.DeepClone();
        }
    }

    private static void SetContainer(JsonObject container)
    {
        container["terminationMessagePath"] ??= "/dev/termination-log";
        container["terminationMessagePolicy"] ??= "File";
        container["imagePullPolicy"] ??= IsLatest(container.Text("image") ?? "") ? "Always" : "IfNotPresent";
        container["resources"] ??= new JsonObject();
        foreach (var port in container.Items("ports"))
        {
            port["protocol"] ??= "TCP";
        }
        foreach (var variable in container.Items("env"))
        {
            if (variable.At("valueFrom", "fieldRef") is JsonObject reference)
            {
                reference["apiVersion"] ??= "v1";
            }
        }
        foreach (var kind in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            SetProbe(container[kind] as JsonObject);
        }
    }

    // By its tag: none, or this one. A digest names one image for ever.
    private static bool IsLatest(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        return !name.Contains('@', StringComparison.Ordinal) && (!name.Contains(':', StringComparison.Ordinal) || name.EndsWith(":latest", StringComparison.Ordinal));
    }

    private static void SetProbe(JsonObject? probe)
    {
        if (probe is null)
        {
            return;
        }
        probe["timeoutSeconds"] ??= 1L;
        probe["periodSeconds"] ??= 10L;
        probe["successThreshold"] ??= 1L;
        probe["failureThreshold"] ??= 3L;
        if (probe["httpGet"] is JsonObject get)
        {
            get["path"] ??= "/";
            get["scheme"] ??= "HTTP";
        }
    }

    private static void SetVolume(JsonObject volume)
    {
        if (volume.Count < 2)
        {
            volume["emptyDir"] = new JsonObject();
        }
        foreach (var kind in (ReadOnlySpan<string>)["configMap", "secret", "projected", "downwardAPI"])
        {
            if (volume[kind] is JsonObject source)
            {
                source["defaultMode"] ??= FileMode;
            }
        }
        foreach (var source in volume.Items("projected", "sources"))
        {
            if (source["serviceAccountToken"] is JsonObject token)
            {
                token["expirationSeconds"] ??= TokenSeconds;
            }
            foreach (var item in source.Items("downwardAPI", "items"))
            {
                if (item["fieldRef"] is JsonObject reference)
                {
                    reference["apiVersion"] ??= "v1";
                }
            }
        }
    }
}
