using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Schemas;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>The way to one field, in the steps of a <see cref="FieldSet"/>.</summary>
internal readonly record struct FieldPath(IReadOnlyList<string> Steps)
{
    private const string Member = "f:";
    private const string Key = "k:";
    private const string Value = "v:";

    /// <summary>The step to a member of an object or a map.</summary>
    public static string ToMember(string name) => Member + name;

    /// <summary>The step to an item of a list, by the value of its key.</summary>
    public static string ToItem(string key, JsonNode? value) => Key + new JsonObject { [key] = value?.DeepClone() }.ToJsonString();

    /// <summary>The step to a plain value in a list.</summary>
    public static string ToValue(JsonNode? value) => Value + (value?.ToJsonString() ?? "null");

    /// <summary>What a document has there; <paramref name="exists"/> tells null from nothing.</summary>
    public JsonNode? In(JsonNode? document, out bool exists)
    {
        exists = true;
        foreach (var step in Steps)
        {
            document = Take(document, step, out exists);
            if (!exists)
            {
                return null;
            }
        }
        return document;
    }

    /// <summary>Removes the field from a document.</summary>
    public void RemoveFrom(JsonNode document)
    {
        var parent = new FieldPath([.. Steps.SkipLast(1)]).In(document, out _);
        switch (parent)
        {
            case JsonObject owner when Steps[^1].StartsWith(Member, StringComparison.Ordinal):
                owner.Remove(Steps[^1][Member.Length..]);
                break;
            case JsonArray list when Index(list, Steps[^1]) is >= 0 and var index:
                list.RemoveAt(index);
                break;
        }
    }

    /// <summary>The path as the real server's messages have it: .status.conditions[type="Ready"].status</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps)
        {
            var rest = step[2..];
            text.Append(step[..2] switch
            {
                Member => "." + rest,
                Key => $"[{string.Join(',', ((JsonObject)JsonNode.Parse(rest)!).Select(pair => $"{pair.Key}={pair.Value?.ToJsonString() ?? "null"}"))}]",
                _ => $"[={rest}]",
            });
        }
        return text.ToString();
    }

    private static JsonNode? Take(JsonNode? node, string step, out bool exists)
    {
        switch (node)
        {
            case JsonObject owner when step.StartsWith(Member, StringComparison.Ordinal):
                exists = owner.TryGetPropertyValue(step[Member.Length..], out var member);
                return member;
            case JsonArray list when Index(list, step) is >= 0 and var index:
                exists = true;
                return list[index];
            default:
                exists = false;
                return null;
        }
    }

    private static int Index(JsonArray list, string step)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (IsMeant(list[i], step))
            {
                return i;
            }
        }
        return -1;
    }

    private static bool IsMeant(JsonNode? item, string step)
    {
        var wanted = JsonReading.Parse(Encoding.UTF8.GetBytes(step[2..]));
        return step.StartsWith(Key, StringComparison.Ordinal)
            ? wanted is JsonObject keys && item is JsonObject entry && keys.All(key => JsonNode.DeepEquals(entry[key.Key], key.Value))
            : JsonNode.DeepEquals(item, wanted);
    }
}
