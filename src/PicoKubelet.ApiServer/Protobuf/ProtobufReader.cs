using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Protobuf;

/// <summary>
/// Reads the objects that kubectl sends in protobuf (create deployment, auth can-i ...): Kubernetes' envelope, and in it
/// the object, by the field numbers of types.txt and workloads.txt.
/// </summary>
internal static class ProtobufReader
{
    // k8s.io/apimachinery/pkg/runtime/serializer/protobuf: the four bytes before a runtime.Unknown
    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];

    /// <summary>The object as a JSON document.</summary>
    /// <exception cref="ApiException">The bytes are something else.</exception>
    public static JsonObject Read(byte[] body, string kind)
    {
        if (!body.AsSpan().StartsWith(Magic))
        {
            throw Failures.BadRequest("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        }
        try
        {
            return ReadEnvelope(body.AsSpan(Magic.Length), kind);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or FormatException)
        {
            throw Failures.BadRequest($"the {kind} is not valid protobuf");
        }
    }

    private static JsonObject ReadEnvelope(ReadOnlySpan<byte> envelope, string kind)
    {
        string givenKind = kind, apiVersion = "";
        ReadOnlySpan<byte> raw = default;
        var reader = new WireReader(envelope);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    var meta = new WireReader(reader.Bytes);
                    while (meta.Next())
                    {
                        var text = Encoding.UTF8.GetString(meta.Bytes);
                        (apiVersion, givenKind) = meta.Field == 1 ? (text, givenKind) : (apiVersion, text);
                    }
                    break;
                case 2:
                    raw = reader.Bytes;
                    break;
            }
        }
        if (givenKind != kind)
        {
            throw Failures.BadRequest($"{givenKind} in version \"{apiVersion}\" cannot be handled as a {kind}");
        }
        var document = ReadMessage(raw, SchemaCatalog.Get(kind));
        document["kind"] = givenKind;
        document["apiVersion"] = apiVersion;
        return document;
    }

    private static JsonObject ReadMessage(ReadOnlySpan<byte> message, TypeSchema type)
    {
        var result = new JsonObject();
        ReadInto(result, message, type);
        return result;
    }

    private static void ReadInto(JsonObject result, ReadOnlySpan<byte> message, TypeSchema type)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (type.Find(reader.Field) is { } field)
            {
                Add(result, field, reader);
            }
            else if (type.FindInlined(reader.Field) is { } inlined)
            {
                ReadInto(result, reader.Bytes, inlined);
            }
        }
    }

    private static void Add(JsonObject target, FieldSchema field, WireReader reader)
    {
        switch (field.Shape)
        {
            case FieldShape.Map:
                var (key, value) = ReadEntry(reader.Bytes, field);
                target[field.Name] ??= new JsonObject();
                target[field.Name]![key] = value;
                break;
            case FieldShape.List:
                target[field.Name] ??= new JsonArray();
                target[field.Name]!.AsArray().Add(ReadValue(field, reader));
                break;
            default:
                target[field.Name] = ReadValue(field, reader);
                break;
        }
    }

    private static (string Key, JsonNode? Value) ReadEntry(ReadOnlySpan<byte> entry, FieldSchema field)
    {
        var key = "";
        JsonNode? value = "";
        var reader = new WireReader(entry);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                key = Encoding.UTF8.GetString(reader.Bytes);
            }
            else
            {
                value = ReadValue(field, reader);
            }
        }
        return (key, value);
    }

    private static JsonNode? ReadValue(FieldSchema field, WireReader reader) => field.Kind switch
    {
        FieldKind.Bool => reader.Number != 0,
        FieldKind.Int32 or FieldKind.Int64 => (long)reader.Number,
        FieldKind.Bytes => Convert.ToBase64String(reader.Bytes),
        FieldKind.Time or FieldKind.MicroTime => ReadTime(reader.Bytes, field.Kind),
        FieldKind.Object => ReadMessage(reader.Bytes, field.Type!),
        // Its fields are not known here, and would be lost without a word.
        FieldKind.Any => reader.Bytes.IsEmpty ? new JsonObject() : throw Failures.UnsupportedMediaType("application/json"),
        FieldKind.Quantity => ReadQuantity(reader.Bytes),
        FieldKind.IntOrString => ReadIntOrString(reader.Bytes),
        _ => Encoding.UTF8.GetString(reader.Bytes),
    };

    // resource.Quantity: a message that holds the text
    private static string ReadQuantity(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        return reader.Next() ? Encoding.UTF8.GetString(reader.Bytes) : "0";
    }

    // intstr.IntOrString: which of the two (1 is the text), the number, the text
    private static JsonNode ReadIntOrString(ReadOnlySpan<byte> message)
    {
        bool isText = false;
        int number = 0;
        var text = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    isText = reader.Number == 1;
                    break;
                case 2:
                    number = (int)reader.Number;
                    break;
                case 3:
                    text = Encoding.UTF8.GetString(reader.Bytes);
                    break;
            }
        }
        return isText ? text : (long)number;
    }

    // metav1.Time: seconds and nanoseconds; an empty message is no time.
    private static JsonNode? ReadTime(ReadOnlySpan<byte> message, FieldKind kind)
    {
        long seconds = 0, nanoseconds = 0;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            (seconds, nanoseconds) = reader.Field == 1 ? ((long)reader.Number, nanoseconds) : (seconds, (long)reader.Number);
        }
        if (message.IsEmpty || (seconds == 0 && nanoseconds == 0))
        {
            return null;
        }
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100);
        return kind == FieldKind.Time ? Times.Format(time) : Times.FormatMicro(time);
    }
}
