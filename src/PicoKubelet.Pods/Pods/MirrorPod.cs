using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>Writes the mirror of a static pod, as a kubelet makes it: by it the cluster sees the pod, and no more.</summary>
internal static class MirrorPod
{
    /// <summary>The annotation without which a node may create no pod; its value is the static pod's uid.</summary>
    public const string Annotation = "kubernetes.io/config.mirror";

    private const string Source = "kubernetes.io/config.";

    /// <summary>Writes the pod: what its manifest says, with what the kubelet adds.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="manifest">The manifest, before its first token.</param>
    /// <param name="pod">The static pod.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="nodeUid">The Node's uid.</param>
    /// <exception cref="JsonException">The manifest is malformed, or has a text that is too long.</exception>
    public static void Write(JsonWriter json, JsonReader manifest, Pod pod, string nodeName, string nodeUid)
    {
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Pod");
        if (manifest.BeginObjectOrSkip())
        {
            while (manifest.ReadName())
            {
                if (manifest.NameIs("metadata") && manifest.BeginObjectOrSkip())
                {
                    WriteMetadata(json, manifest, pod, nodeName, nodeUid);
                }
                else if (manifest.NameIs("spec") && manifest.BeginObjectOrSkip())
                {
                    WriteSpec(json, manifest, nodeName);
                }
            }
        }

        json.EndObject();
    }

    /// <summary>Writes the annotations of a static pod, as members of the current object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pod">The pod.</param>
    public static void WriteAnnotations(JsonWriter json, Pod pod)
    {
        json.Property(Source + "hash", pod.Spec.Uid);
        Timestamp.WriteProperty(json, Source + "seen", pod.StartTime);
        json.Property(Source + "source", "file");
    }

    private static void WriteMetadata(JsonWriter json, JsonReader manifest, Pod pod, string nodeName, string nodeUid)
    {
        json.BeginObject("metadata");
        json.Property("name", pod.Spec.Name);
        json.Property("namespace", pod.Spec.Namespace);
        json.BeginArray("ownerReferences");
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Node");
        json.Property("name", nodeName);
        json.Property("uid", nodeUid);
        json.Property("controller", true);
        json.EndObject();
        json.EndArray();
        bool isAnnotated = false;
        while (manifest.ReadName())
        {
            if (manifest.NameIs("labels"))
            {
                Copy(json, manifest);
            }
            else if (manifest.NameIs("annotations") && manifest.BeginObjectOrSkip())
            {
                isAnnotated = true;
                json.BeginObject("annotations");
                while (manifest.ReadName())
                {
                    // Of a manifest that was made of a mirror.
                    if (!manifest.GetString().StartsWith(Source))
                    {
                        Copy(json, manifest);
                    }
                }

                EndAnnotations(json, pod);
            }
        }

        if (!isAnnotated)
        {
            json.BeginObject("annotations");
            EndAnnotations(json, pod);
        }

        json.EndObject();
    }

    private static void EndAnnotations(JsonWriter json, Pod pod)
    {
        json.Property(Annotation, pod.Spec.Uid);
        WriteAnnotations(json, pod);
        json.EndObject();
    }

    private static void WriteSpec(JsonWriter json, JsonReader manifest, string nodeName)
    {
        bool isTolerant = false;
        json.BeginObject("spec");
        json.Property("nodeName", nodeName);
        while (manifest.ReadName())
        {
            if (manifest.NameIs("tolerations") && manifest.BeginArrayOrSkip())
            {
                isTolerant = true;
                json.BeginArray("tolerations");
                while (manifest.NextElement())
                {
                    CopyValue(json, manifest);
                }

                EndTolerations(json);
            }
            else if (manifest.Token == JsonToken.Name && !manifest.NameIs("nodeName"))
            {
                Copy(json, manifest);
            }
        }

        if (!isTolerant)
        {
            json.BeginArray("tolerations");
            EndTolerations(json);
        }

        json.EndObject();
    }

    // As the kubelet has it: no taint of the node ends a static pod.
    private static void EndTolerations(JsonWriter json)
    {
        json.BeginObject();
        json.Property("operator", "Exists");
        json.Property("effect", "NoExecute");
        json.EndObject();
        json.EndArray();
    }

    private static void Copy(JsonWriter json, JsonReader from)
    {
        json.Name(from.GetString());
        CopyValue(json, from);
    }

    private static void CopyValue(JsonWriter json, JsonReader from)
    {
        int depth = 0;
        do
        {
            JsonToken token = from.Read();
            if (from.IsTruncated)
            {
                throw new JsonException("text of more than 512 bytes", from.Position);
            }

            depth += token == JsonToken.BeginObject || token == JsonToken.BeginArray ? 1 : token == JsonToken.EndObject || token == JsonToken.EndArray ? -1 : 0;
            CopyToken(json, from, token);
        }
        while (depth > 0);
    }

    private static void CopyToken(JsonWriter json, JsonReader from, JsonToken token)
    {
        switch (token)
        {
            case JsonToken.BeginObject:
                json.BeginObject();
                break;
            case JsonToken.EndObject:
                json.EndObject();
                break;
            case JsonToken.BeginArray:
                json.BeginArray();
                break;
            case JsonToken.EndArray:
                json.EndArray();
                break;
            case JsonToken.Name:
                json.Name(from.GetString());
                break;
            case JsonToken.True:
            case JsonToken.False:
                json.Value(token == JsonToken.True);
                break;
            case JsonToken.Null:
                json.Null();
                break;
            default:
                if (from.TryGetInt64(out long number))
                {
                    json.Value(number);
                }
                else
                {
                    // Of a number with decimals too: those are quantities, which may be texts.
                    json.Value(from.GetString());
                }

                break;
        }
    }
}
