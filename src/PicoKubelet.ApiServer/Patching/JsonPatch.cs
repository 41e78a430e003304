using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Patching;

/// <summary>JSON patch, RFC 6902.</summary>
internal static class JsonPatch
{
    // The real server's limit (apiserver's maxJSONPatchOperations).
    private const int MaxOperations = 10000;

    /// <summary>The patched document; neither argument is changed.</summary>
    /// <exception cref="PatchException">An operation is unknown, or does not fit the document.</exception>
    public static JsonNode? Apply(JsonNode original, JsonArray operations)
    {
        if (operations.Count > MaxOperations)
        {
            throw new PatchException($"The allowed maximum operations in a JSON patch is {MaxOperations}, got {operations.Count}", true);
        }
        JsonNode? document = original.DeepClone();
        foreach (var node in operations)
        {
            if (node is not JsonObject operation)
            {
                throw new PatchException("json: cannot unmarshal into Go value of type jsonpatch.Operation", true);
            }
            document = Apply(document, operation);
        }
        return document;
    }

    private static JsonNode? Apply(JsonNode? document, JsonObject operation)
    {
        var path = Pointer(operation, "path");
        switch (Text(operation, "op"))
        {
            case "add":
                return Add(document, path, Value(operation));
            case "remove":
                return Remove(document, path);
            case "replace":
                Get(document, path);
                return path.Length == 0 ? Value(operation) : Add(Remove(document, path), path, Value(operation));
            case "move":
                var source = Pointer(operation, "from");
                var moved = Get(document, source)?.DeepClone();
                return Add(Remove(document, source), path, moved);
            case "copy":
                return Add(document, path, Get(document, Pointer(operation, "from"))?.DeepClone());
            case "test":
                return JsonNode.DeepEquals(Get(document, path), Value(operation))
                    ? document
                    : throw Unfit($"testing path {Text(operation, "path")} failed");
            case var other:
                throw Unfit($"Unexpected kind: {other}");
        }
    }

    private static JsonNode? Get(JsonNode? document, string[] path)
    {
        foreach (var name in path)
        {
            document = document switch
            {
                JsonObject parent when parent.TryGetPropertyValue(name, out var child) => child,
                JsonArray list => list[Index(list, name, list.Count - 1)],
                _ => throw Missing(name),
            };
        }
        return document;
    }

    private static JsonNode? Add(JsonNode? document, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value;
        }
        switch (Get(document, path[..^1]))
        {
            case JsonObject parent:
                parent[path[^1]] = value;
                break;
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list:
                list.Insert(Index(list, path[^1], list.Count), value);
                break;
            default:
                throw Missing(path[^1]);
        }
        return document;
    }

    private static JsonNode? Remove(JsonNode? document, string[] path)
    {
        if (path.Length == 0)
        {
            throw Unfit("can not remove the document");
        }
        switch (Get(document, path[..^1]))
        {
            case JsonObject parent when parent.Remove(path[^1]):
                return document;
            case JsonArray list:
                list.RemoveAt(Index(list, path[^1], list.Count - 1));
                return document;
            default:
                throw Missing(path[^1]);
        }
    }

    private static int Index(JsonArray list, string text, int last)
    {
        var canonical = text == "0" || (text.Length > 0 && text[0] is >= '1' and <= '9');
        return canonical && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last
            ? index
            : throw Missing(text);
    }

    private static string[] Pointer(JsonObject operation, string member)
    {
        var text = Text(operation, member);
        if (text.Length == 0)
        {
            return [];
        }
        return text[0] == '/'
            ? [.. text[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw Missing(text);
    }

    private static string Text(JsonObject operation, string member) =>
        operation[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Unfit($"operation without {member}");

    private static JsonNode? Value(JsonObject operation) =>
        operation.TryGetPropertyValue("value", out var value) ? value?.DeepClone() : throw Unfit("operation without value");

    private static PatchException Missing(string name) => Unfit($"missing path {name}");

    private static PatchException Unfit(string message) => new(message, malformed: false);
}
