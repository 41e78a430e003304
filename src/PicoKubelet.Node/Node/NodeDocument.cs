using System;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Time;

namespace PicoKubelet.Node;

/// <summary>Writes the documents that the node sends about itself (core/v1 Node).</summary>
internal static class NodeDocument
{
    /// <summary>The key of the taint that keeps pods away which do not ask for a microcontroller; those that tolerate everything meet "pods: 0".</summary>
    public const string TaintKey = "picokubelet.io/microcontroller";

    /// <summary>The taint's value.</summary>
    public const string TaintValue = "true";

    /// <summary>The taint's effect.</summary>
    public const string TaintEffect = "NoSchedule";

    /// <summary>Begins the Node to create.</summary>
    public static void BeginNode(JsonWriter json, NodeDescription node)
    {
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Node");
        json.BeginObject("metadata");
        json.Property("name", node.Name);
        WriteLabels(json, node.Labels);
        json.EndObject();
        json.BeginObject("spec");
        json.BeginArray("taints");
        json.BeginObject();
        WriteTaint(json);
        json.EndArray();
        json.EndObject();
    }

    /// <summary>
    /// Writes into a patch's metadata what ends the tracking of who set which field: that comes back with each reply, most of it.
    /// It begins with the creation, and once it was emptied the API server leaves it so.
    /// </summary>
    public static void WriteUntracked(JsonWriter json)
    {
        json.BeginArray("managedFields");
        json.BeginObject();
        json.EndObject();
        json.EndArray();
    }

    /// <summary>Writes a JSON patch that sets the node's own taint and leaves all others: a merge patch would replace the whole list.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="version">The resourceVersion that the places are of, or null.</param>
    /// <param name="taints">The number of taints.</param>
    /// <param name="wrong">The place of the one to replace, or -1 to add one.</param>
    public static void WriteTaintPatch(JsonWriter json, string version, int taints, int wrong)
    {
        json.BeginArray();
        if (version != null)
        {
            BeginOperation(json, "test", "/metadata/resourceVersion");
            json.Property("value", version);
            json.EndObject();
        }

        BeginOperation(json, wrong < 0 ? "add" : "replace", wrong >= 0 ? "/spec/taints/" + wrong.ToString() : taints > 0 ? "/spec/taints/-" : "/spec/taints");
        json.Name("value");
        if (taints == 0)
        {
            json.BeginArray();
        }

        json.BeginObject();
        WriteTaint(json);
        if (taints == 0)
        {
            json.EndArray();
        }

        json.EndObject();
        json.EndArray();
    }

    /// <summary>Writes a merge patch that sets the node's own labels and leaves all others as they are.</summary>
    public static void WriteLabelsPatch(JsonWriter json, NodeDescription node)
    {
        json.BeginObject();
        json.BeginObject("metadata");
        WriteLabels(json, node.Labels);
        json.EndObject();
        json.EndObject();
    }

    /// <summary>
    /// Begins a strategic merge patch of the status alone: a whole Node would be answered 200 and not be taken as a heartbeat.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="version">The version that it is for, so that another one is answered 409 Conflict; null for whichever there is.</param>
    public static void BeginStatusPatch(JsonWriter json, string version)
    {
        json.BeginObject();
        if (version != null)
        {
            json.BeginObject("metadata");
            json.Property("resourceVersion", version);
            json.EndObject();
        }

        json.BeginObject("status");
    }

    /// <summary>Ends the document that <see cref="BeginStatusPatch"/> or <see cref="BeginNode"/> and a status began.</summary>
    public static void EndStatus(JsonWriter json)
    {
        json.EndObject();
        json.EndObject();
    }

    /// <summary>Writes the conditions, as of now.</summary>
    public static void WriteConditions(JsonWriter json, NodeConditions conditions, DateTime now)
    {
        json.BeginArray("conditions");
        for (int i = 0; i < conditions.Count; i++)
        {
            Condition condition = conditions.Get(i);
            json.BeginObject();
            json.Property("type", condition.Type);
            json.Property("status", condition.Status);
            Timestamp.WriteProperty(json, "lastHeartbeatTime", now);
            Timestamp.WriteProperty(json, "lastTransitionTime", condition.LastTransition);
            json.Property("reason", condition.Reason);
            json.Property("message", condition.Message);
            json.EndObject();
        }

        json.EndArray();
    }

    /// <summary>Writes the addresses.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="node">The node.</param>
    /// <param name="address">Its address.</param>
    /// <param name="replace">
    /// Whether the Node has addresses already. They merge by their type, so without the directive an address that changed would
    /// stand beside the old one; with it, a Node that has none would get an empty one in its place.
    /// </param>
    public static void WriteAddresses(JsonWriter json, NodeDescription node, string address, bool replace)
    {
        json.BeginArray("addresses");
        if (replace)
        {
            json.BeginObject();
            json.Property("$patch", "replace");
            json.EndObject();
        }

        WriteAddress(json, "InternalIP", node.Gateway ?? address);
        if (node.Gateway != null)
        {
            // The API server goes by the first; who looks for the board itself finds it all the same.
            WriteAddress(json, "ExternalIP", address);
        }

        WriteAddress(json, "Hostname", node.Name);
        json.EndArray();
    }

    /// <summary>Writes what does not change while the device runs: capacity, endpoint and system information.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="node">The node.</param>
    /// <param name="stale">What the Node still offers and pods may not ask for any more, or null: resources merge by their names, and go by a null.</param>
    public static void WriteSystem(JsonWriter json, NodeDescription node, ExtendedResources stale)
    {
        WriteResources(json, "capacity", node, node.Memory, stale);
        WriteResources(json, "allocatable", node, node.AllocatableMemory, stale);
        WriteDaemonEndpoints(json, node);
        WriteNodeInfo(json, node);
    }

    private static void WriteLabels(JsonWriter json, Labels labels)
    {
        json.BeginObject("labels");
        for (int i = 0; i < labels.Count; i++)
        {
            json.Property(labels.Key(i), labels.Value(i));
        }

        json.EndObject();
    }

    private static void WriteTaint(JsonWriter json)
    {
        json.Property("key", TaintKey);
        json.Property("value", TaintValue);
        json.Property("effect", TaintEffect);
        json.EndObject();
    }

    private static void BeginOperation(JsonWriter json, string operation, string path)
    {
        json.BeginObject();
        json.Property("op", operation);
        json.Property("path", path);
    }

    private static void WriteAddress(JsonWriter json, string type, string address)
    {
        json.BeginObject();
        json.Property("type", type);
        json.Property("address", address);
        json.EndObject();
    }

    private static void WriteResources(JsonWriter json, string name, NodeDescription node, string memory, ExtendedResources stale)
    {
        json.BeginObject(name);
        json.Property("cpu", node.Cpu);
        json.Property("memory", memory);
        json.Property("ephemeral-storage", node.EphemeralStorage);
        json.Property("pods", node.Pods);
        for (int i = 0; i < ExtendedResources.End && (node.PodResources != null || stale != null); i++)
        {
            if (node.Offers(i) || (stale != null && stale.Has(i)))
            {
                // A property without a value is a null.
                json.Property(ExtendedResources.NameOf(i), node.Offers(i) ? "1" : null);
            }
        }

        json.EndObject();
    }

    private static void WriteDaemonEndpoints(JsonWriter json, NodeDescription node)
    {
        json.BeginObject("daemonEndpoints");
        json.BeginObject("kubeletEndpoint");

        // With a capital letter: that is its name in core/v1.
        json.Property("Port", node.KubeletPort);
        json.EndObject();
        json.EndObject();
    }

    private static void WriteNodeInfo(JsonWriter json, NodeDescription node)
    {
        json.BeginObject("nodeInfo");
        json.Property("machineID", node.MachineId);
        json.Property("systemUUID", node.SystemUuid);
        json.Property("bootID", node.BootId);
        json.Property("kernelVersion", node.KernelVersion);
        json.Property("osImage", node.OsImage);
        json.Property("containerRuntimeVersion", node.ContainerRuntimeVersion);
        json.Property("kubeletVersion", FirmwareVersion.Kubelet);
        json.Property("kubeProxyVersion", FirmwareVersion.Kubelet);
        json.Property("operatingSystem", node.Os);
        json.Property("architecture", node.Arch);
        json.EndObject();
    }
}
