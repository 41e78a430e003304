using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>One entry of managedFields: who set which fields, and how.</summary>
internal sealed class FieldManager
{
    /// <summary>The operation of server-side apply.</summary>
    public const string Apply = "Apply";

    /// <summary>The operation of all other writes.</summary>
    public const string Update = "Update";

    public required string Name { get; init; }

    public required string Operation { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>"status" for what was written there, or an empty string.</summary>
    public string Subresource { get; init; } = "";

    public string? Time { get; set; }

    public FieldSet Fields { get; set; } = new();

    /// <summary>The manager as conflicts name it.</summary>
    public string Description => $"\"{Name}\""
        + (Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "")
        + (Operation == Update ? $" using {ApiVersion}" : "")
        + (Operation == Update && Time is not null ? $" at {Time}" : "");

    /// <summary>Whether this is the entry of such a write.</summary>
    public bool Is(string name, string operation, string subresource) =>
        Name == name && Operation == operation && Subresource == subresource;

    /// <summary>The managers of an object; none: nothing was applied to it yet.</summary>
    public static List<FieldManager> Read(JsonObject document) => [.. document.Items("metadata", "managedFields").Select(entry => new FieldManager
    {
        Name = entry.Text("manager") ?? "",
        Operation = entry.Text("operation") ?? "",
        ApiVersion = entry.Text("apiVersion") ?? "",
        Subresource = entry.Text("subresource") ?? "",
        Time = entry.Text("time"),
        Fields = FieldSet.Parse(entry["fieldsV1"] as JsonObject),
    })];

    /// <summary>Writes the managers into an object: what was applied first, then by time.</summary>
    public static void Write(JsonObject document, IEnumerable<FieldManager> managers)
    {
        document.Child("metadata")["managedFields"] = new JsonArray([.. managers
            .Where(manager => manager.Operation == Apply || !manager.Fields.IsEmpty)
            .OrderBy(manager => manager.Operation, StringComparer.Ordinal)
            .ThenBy(manager => manager.Time, StringComparer.Ordinal)
            .ThenBy(manager => manager.Name, StringComparer.Ordinal)
            .Select(manager => manager.ToJson())]);
    }

    private JsonObject ToJson()
    {
        var entry = new JsonObject
        {
            ["manager"] = Name,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
        };
        if (Time is not null)
        {
            entry["time"] = Time;
        }
        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = Fields.ToJson();
        if (Subresource.Length > 0)
        {
            entry["subresource"] = Subresource;
        }
        return entry;
    }
}
