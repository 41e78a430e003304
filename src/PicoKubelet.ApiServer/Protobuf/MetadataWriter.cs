using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Protobuf;

/// <summary>
/// Writes an object's metadata in protobuf, in Kubernetes' envelope: by the field numbers of types.txt, without what is of no known type.
/// </summary>
internal static class MetadataWriter
{
    private static readonly byte[] Magic = [0x6b, 0x38, 0x73, 0x00];

    /// <summary>A PartialObjectMetadata.</summary>
    /// <param name="metadata">The metadata.</param>
    public static byte[] Write(JsonObject metadata)
    {
        var envelope = new WireWriter();
        envelope.Message(1, type =>
        {
            type.Text(1, "meta.k8s.io/v1");
            type.Text(2, "PartialObjectMetadata");
        });
        envelope.Message(2, raw => raw.Message(1, inner => Write(inner, metadata, SchemaCatalog.Get("ObjectMeta"))));
        return [.. Magic, .. envelope.ToArray()];
    }

    private static void Write(WireWriter writer, JsonObject document, TypeSchema type)
    {
        foreach (var field in type.Fields.OrderBy(field => field.Number))
        {
            switch (document[field.Name])
            {
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Write(writer, field, item!);
                    }
                    break;
                case JsonObject map when field.Shape == FieldShape.Map:
                    foreach (var (key, value) in map)
                    {
                        writer.Message(field.Number, entry =>
                        {
                            entry.Text(1, key);
                            entry.Text(2, value!.GetValue<string>());
                        });
                    }
                    break;
                case { } value:
                    Write(writer, field, value);
                    break;
            }
        }
    }

    private static void Write(WireWriter writer, FieldSchema field, JsonNode value)
    {
        switch (field.Kind)
        {
            case FieldKind.String:
                writer.Text(field.Number, value.GetValue<string>());
                break;
            case FieldKind.Bool:
                writer.Bool(field.Number, value.GetValue<bool>());
                break;
            case FieldKind.Int32 or FieldKind.Int64:
                writer.Number(field.Number, value.GetValue<long>());
                break;
            case FieldKind.Time:
                writer.Message(field.Number, time => time.Number(1, Times.ParseTime(value.GetValue<string>()).ToUnixTimeSeconds()));
                break;
            case FieldKind.Object:
                writer.Message(field.Number, inner => Write(inner, (JsonObject)value, field.Type!));
                break;
        }
    }
}
