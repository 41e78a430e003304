using System.Globalization;
using System.Text.Json.Nodes;

namespace PicoKubelet.IntegrationTests.Support;

/// <summary>Reads what the tests ask of Nodes and Leases.</summary>
internal static class NodeJson
{
    /// <summary>Gets a text at a path of field names.</summary>
    /// <returns>The text, or null where there is none.</returns>
    public static string? Text(this JsonNode node, params string[] path)
    {
        JsonNode? at = node;
        foreach (string field in path)
        {
            at = at?[field];
        }

        return at?.GetValue<string>();
    }

    /// <summary>Gets a time at a path of field names.</summary>
    public static DateTime Time(this JsonNode node, params string[] path)
    {
        string? text = node.Text(path);
        Assert.IsNotNull(text, $"{string.Join('.', path)} is missing in {node.ToJsonString()}");
        return DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }

    /// <summary>Gets an object's uid.</summary>
    public static string Uid(this JsonNode thing)
    {
        return thing.Text("metadata", "uid")!;
    }

    /// <summary>Gets a label's value, or null.</summary>
    public static string? Label(this JsonNode thing, string name)
    {
        return thing.Text("metadata", "labels", name);
    }

    /// <summary>Gets all of a node's conditions.</summary>
    public static IReadOnlyList<JsonNode> Conditions(this JsonNode node)
    {
        return [.. (node["status"]?["conditions"]?.AsArray() ?? []).Select(condition => condition!)];
    }

    /// <summary>Gets a node's condition, which must be there.</summary>
    public static JsonNode Condition(this JsonNode node, string type)
    {
        JsonNode? condition = node.Conditions().SingleOrDefault(candidate => candidate.Text("type") == type);
        Assert.IsNotNull(condition, $"no condition {type}");
        return condition;
    }

    /// <summary>Gets a node's addresses as <c>type=address</c>, sorted.</summary>
    public static string[] Addresses(this JsonNode node)
    {
        return [.. (node["status"]?["addresses"]?.AsArray() ?? [])
            .Select(address => $"{address!.Text("type")}={address!.Text("address")}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Gets a node's taints as <c>key=value:effect</c>.</summary>
    public static string[] Taints(this JsonNode node)
    {
        return [.. (node["spec"]?["taints"]?.AsArray() ?? [])
            .Select(taint => $"{taint!.Text("key")}={taint!.Text("value")}:{taint!.Text("effect")}")];
    }

    /// <summary>Fails the assertion unless a condition has a status.</summary>
    public static void MustBe(this JsonNode node, string condition, string status)
    {
        Assert.AreEqual(status, node.Condition(condition).Text("status"), condition);
    }
}
