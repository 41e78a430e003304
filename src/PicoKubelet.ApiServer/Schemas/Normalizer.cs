using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PicoKubelet.ApiServer.Schemas;

/// <summary>
/// Brings a document into the form in which Kubernetes keeps and writes it: fields in order, unknown ones dropped,
/// empty ones left out, the ones that are always written filled in, every value checked.
/// </summary>
internal static partial class Normalizer
{
    /// <summary>A new document in canonical form.</summary>
    /// <param name="input">The document; it is not changed.</param>
    /// <param name="type">Its type.</param>
    /// <param name="unknown">Takes the paths of fields that the type does not have.</param>
    /// <exception cref="SchemaException">A value is not of its field's kind.</exception>
    public static JsonObject Normalize(JsonObject input, TypeSchema type, ICollection<string>? unknown = null) =>
        Object(input, type, "", type.Name, unknown);

    private static JsonObject Object(JsonObject input, TypeSchema type, string path, string goPath, ICollection<string>? unknown)
    {
        var output = new JsonObject();
        if (path.Length == 0)
        {
            CopyHeader(input, output);
        }
        foreach (var field in type.Fields)
        {
            var value = Field(input[field.Name], field, Join(path, field.Name), $"{goPath}.{field.Name}", unknown);
            if (value is not null || (field.Always && IsTime(field.Kind)))
            {
                output[field.Name] = value;
            }
        }
        NoteUnknown(input, type, path, unknown);
        return output;
    }

    private static void CopyHeader(JsonObject input, JsonObject output)
    {
        foreach (var name in (ReadOnlySpan<string>)["kind", "apiVersion"])
        {
            if (input[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
            {
                output[name] = value.DeepClone();
            }
        }
    }

    private static void NoteUnknown(JsonObject input, TypeSchema type, string path, ICollection<string>? unknown)
    {
        foreach (var (name, _) in input)
        {
            if (type.Find(name) is not null || (path.Length == 0 && name is "kind" or "apiVersion"))
            {
                continue;
            }
            unknown?.Add(Join(path, name));
        }
    }

    private static JsonNode? Field(JsonNode? input, FieldSchema field, string path, string goPath, ICollection<string>? unknown)
    {
        switch (field.Shape)
        {
            case FieldShape.List:
                var list = List(input, field, path, goPath, unknown);
                return list is { Count: 0 } && !field.Always ? null : list;
            case FieldShape.Map:
                var map = Map(input, field, goPath);
                return map is { Count: 0 } && !field.Always ? null : map;
            default:
                if (input is null)
                {
                    return field.Always ? Empty(field) : null;
                }
                var value = Value(input, field, path, goPath, unknown);
                return !field.Always && !field.Pointer && IsZero(value) ? null : value;
        }
    }

    private static JsonArray? List(JsonNode? input, FieldSchema field, string path, string goPath, ICollection<string>? unknown)
    {
        if (input is null)
        {
            return null;
        }
        if (input is not JsonArray items)
        {
            throw Mismatch(input, goPath, "[]" + GoType(field));
        }
        var output = new JsonArray();
        for (var i = 0; i < items.Count; i++)
        {
            output.Add(items[i] is { } item
                ? Value(item, field, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", goPath, unknown)
                : Empty(field));
        }
        return output;
    }

    private static JsonObject? Map(JsonNode? input, FieldSchema field, string goPath)
    {
        if (input is null)
        {
            return null;
        }
        if (input is not JsonObject entries)
        {
            throw Mismatch(input, goPath, "map[string]" + GoType(field));
        }
        var output = new JsonObject();
        // Go writes maps sorted by key.
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            output[key] = value is null ? Empty(field) : Value(value, field, key, goPath, null);
        }
        return output;
    }

    private static JsonNode Value(JsonNode input, FieldSchema field, string path, string goPath, ICollection<string>? unknown)
    {
        switch (field.Kind)
        {
            case FieldKind.Object:
                return input is JsonObject child
                    ? Object(child, field.Type!, path, goPath, unknown)
                    : throw Mismatch(input, goPath, field.TypeName!);
            case FieldKind.Any:
                return input.DeepClone();
            case FieldKind.Quantity when input.GetValueKind() == JsonValueKind.Number:
                return input.ToJsonString();
            case FieldKind.Bool:
                return input.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                    ? input.DeepClone()
                    : throw Mismatch(input, goPath, "bool");
            case FieldKind.Int32:
            case FieldKind.Int64:
            case FieldKind.IntOrString when input.GetValueKind() == JsonValueKind.Number:
                return Integer(input, field, goPath);
            default:
                return input.GetValueKind() == JsonValueKind.String
                    ? Text(input.GetValue<string>(), field.Kind)
                    : throw Mismatch(input, goPath, GoType(field));
        }
    }

    private static JsonValue Integer(JsonNode input, FieldSchema field, string goPath)
    {
        if (input is JsonValue value && value.TryGetValue(out long number)
            && (field.Kind == FieldKind.Int64 || number is >= int.MinValue and <= int.MaxValue))
        {
            return JsonValue.Create(number);
        }
        throw Mismatch(input, goPath, GoType(field));
    }

    private static string Text(string text, FieldKind kind) => kind switch
    {
        FieldKind.Time => Times.Format(Times.ParseTime(text)),
        FieldKind.MicroTime => Times.FormatMicro(Times.ParseMicroTime(text)),
        FieldKind.Quantity when !QuantityPattern().IsMatch(text) =>
            throw new SchemaException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"),
        FieldKind.Bytes when !IsBase64(text) => throw new SchemaException("illegal base64 data at input byte 0"),
        _ => text,
    };

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private static bool IsTime(FieldKind kind) => kind is FieldKind.Time or FieldKind.MicroTime;

    private static JsonNode? Empty(FieldSchema field) => field.Kind switch
    {
        FieldKind.Object => Object([], field.Type!, ".", field.TypeName!, null),
        FieldKind.Bool => JsonValue.Create(false),
        FieldKind.Int32 or FieldKind.Int64 or FieldKind.IntOrString => JsonValue.Create(0L),
        FieldKind.Time or FieldKind.MicroTime => null,
        FieldKind.Any => new JsonObject(),
        _ => JsonValue.Create(""),
    };

    private static bool IsZero(JsonNode value) => value switch
    {
        JsonObject => false,
        JsonArray => false,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => value.GetValue<string>().Length == 0,
            JsonValueKind.Number => value is JsonValue number && number.TryGetValue(out long zero) && zero == 0,
            _ => false,
        },
    };

    private static string GoType(FieldSchema field) => field.Kind switch
    {
        FieldKind.Object => field.TypeName!,
        FieldKind.Time => "Time",
        FieldKind.MicroTime => "MicroTime",
        FieldKind.Bytes => "[]uint8",
        FieldKind.IntOrString => "intstr.IntOrString",
        _ => field.Kind.ToString().ToLowerInvariant(),
    };

    private static SchemaException Mismatch(JsonNode input, string goPath, string goType)
    {
        var found = input.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "bool",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        return new SchemaException($"json: cannot unmarshal {found} into Go struct field {goPath} of type {goType}");
    }

    private static string Join(string path, string name) => path.Length is 0 || path == "." ? name : $"{path}.{name}";

    // https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
    [GeneratedRegex(@"^([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$")]
    private static partial Regex QuantityPattern();
}
