namespace PicoKubelet.Tests.Pods;

/// <summary>Pods as the API server sends them.</summary>
internal static class PodText
{
    public const string Uid = "0f2c6ac0-7f62-4b3d-9c1c-2b1e5f0a9d11";

    public const string Container =
        "{\"name\":\"main\",\"image\":\"picokubelet.io/wasm\",\"command\":[\"/app/blink.wasm\"],\"resources\":{},"
        + "\"volumeMounts\":[{\"name\":\"app\",\"mountPath\":\"/app\"},{\"name\":\"default-token-x\",\"readOnly\":true,"
        + "\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"}],\"terminationMessagePath\":\"/dev/termination-log\",\"imagePullPolicy\":\"Always\"}";

    public const string Volumes =
        "{\"name\":\"app\",\"configMap\":{\"name\":\"blink\",\"defaultMode\":420}},{\"name\":\"default-token-x\",\"secret\":{\"secretName\":\"default-token-x\",\"defaultMode\":420}}";

    /// <summary>A pod.</summary>
    /// <param name="containers">Its containers, or null for one.</param>
    /// <param name="spec">More of its spec: members, each with a comma in front.</param>
    /// <param name="metadata">More of its metadata, likewise.</param>
    /// <param name="status">Its status: members.</param>
    /// <param name="name">Its name, from which its uid follows where it is not blink.</param>
    /// <param name="volumes">Its volumes, or null for the usual ones.</param>
    public static string Of(string containers = null, string spec = "", string metadata = "", string status = "\"phase\":\"Pending\"", string name = "blink", string volumes = null)
    {
        return "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"default\",\"uid\":\"" + UidOf(name)
            + "\",\"resourceVersion\":\"812\",\"labels\":{\"app\":\"blink\",\"tier\":\"lab\"}" + metadata + "},\"spec\":{\"volumes\":[" + (volumes ?? Volumes)
            + "],\"containers\":[" + (containers ?? Container) + "],\"nodeName\":\"pico-1\",\"runtimeClassName\":\"picokubelet\"" + spec
            + "},\"status\":{" + status + "}}\n";
    }

    public static string UidOf(string name)
    {
        return name == "blink" ? Uid : "uid-of-" + name;
    }

    /// <summary>The usual container with more fields: members, each with a comma in front.</summary>
    public static string ContainerWith(string fields)
    {
        return Container.Substring(0, Container.Length - 1) + fields + "}";
    }

    /// <summary>The usual container with its resources' limits: members.</summary>
    public static string ContainerLimited(string limits)
    {
        return ContainerWith(",\"resources\":{\"limits\":{" + limits + "},\"requests\":{" + limits + "}}");
    }

    /// <summary>A text with another one in the place of its first occurrence.</summary>
    public static string Swap(string text, string from, string to)
    {
        int at = text.IndexOf(from);
        return text.Substring(0, at) + to + text.Substring(at + from.Length);
    }

    public static string Deleted(int grace)
    {
        return Of(metadata: ",\"deletionTimestamp\":\"2026-01-23T10:31:00Z\",\"deletionGracePeriodSeconds\":" + grace.ToString());
    }
}
