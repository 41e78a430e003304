using PicoKubelet.Json;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Events;

/// <summary>Writes Events (core/v1).</summary>
internal static class EventDocument
{
    // The namespace of Events about objects that are in none.
    private const string DefaultNamespace = "default";

    /// <summary>Gets the path of the Events of an object's namespace.</summary>
    public static string PathOf(RecordedEvent recorded)
    {
        return "/api/v1/namespaces/" + NamespaceOf(recorded) + "/events";
    }

    /// <summary>Makes a name that no other event has, as client-go does: the object's, and a number made of the time, in hexadecimal digits.</summary>
    public static string MakeName(RecordedEvent recorded)
    {
        char[] digits = new char[16];
        long rest = recorded.Number;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = (char)Hex.Digit((int)(rest & 15));
            rest >>= 4;
        }

        return recorded.About.Name + "." + new string(digits);
    }

    /// <summary>Writes the Event to create.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="recorded">What it tells.</param>
    /// <param name="name">Its name.</param>
    /// <param name="nodeName">The Node that tells it.</param>
    public static void Write(JsonWriter json, RecordedEvent recorded, string name, string nodeName)
    {
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Event");
        json.BeginObject("metadata");
        json.Property("name", name);
        json.Property("namespace", NamespaceOf(recorded));
        json.EndObject();
        WriteObject(json, recorded.About);
        json.Property("type", recorded.Type);
        json.Property("reason", recorded.Reason);
        json.Property("message", recorded.Message);
        json.BeginObject("source");
        json.Property("component", "picokubelet");
        json.Property("host", nodeName);
        json.EndObject();
        Timestamp.WriteProperty(json, "firstTimestamp", recorded.First);
        Timestamp.WriteProperty(json, "lastTimestamp", recorded.Last);
        json.Property("count", recorded.Count);
        json.EndObject();
    }

    /// <summary>Writes what raises the count of one that was created.</summary>
    public static void WriteRaised(JsonWriter json, RecordedEvent recorded)
    {
        json.BeginObject();
        Timestamp.WriteProperty(json, "lastTimestamp", recorded.Last);
        json.Property("count", recorded.Count);
        json.EndObject();
    }

    private static string NamespaceOf(RecordedEvent recorded)
    {
        return recorded.About.Namespace ?? DefaultNamespace;
    }

    private static void WriteObject(JsonWriter json, EventTarget about)
    {
        json.BeginObject("involvedObject");
        json.Property("kind", about.Kind);
        if (about.Namespace != null)
        {
            json.Property("apiVersion", "v1");
            json.Property("namespace", about.Namespace);
        }

        json.Property("name", about.Name);
        json.Property("uid", about.Uid);
        if (about.FieldPath != null)
        {
            json.Property("fieldPath", about.FieldPath);
        }

        json.EndObject();
    }
}
