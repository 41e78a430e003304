using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Schemas;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>
/// Server-side apply: what a manager applies is merged into the object, what it applied before and no longer does is removed
/// where it is nobody else's, and a field that another manager set to another value is a conflict. As in the real server, who
/// set which field is noted from the first apply on; what was there before belongs to "before-first-apply". Source: apiserver's
/// endpoints/handlers/fieldmanager.
/// </summary>
internal sealed class ServerSideApply(TimeProvider time)
{
    private const string BeforeFirstApply = "before-first-apply";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Kubectl = "kubectl";

    /// <summary>The document of an object that an apply creates.</summary>
    public JsonObject Create(ApiCall call, JsonObject applied)
    {
        var fields = Fields(call, applied);
        var document = ObjectPreparation.ForCreate(call, (JsonObject)applied.DeepClone());
        FieldManager.Write(document, [Manager(call, fields)]);
        return document;
    }

    /// <summary>The document of an object that an apply changes.</summary>
    /// <exception cref="ApiException">There are conflicts, or the result is not valid.</exception>
    public JsonObject Update(ApiCall call, StoredObject current, JsonObject applied)
    {
        var live = current.Document;
        var managers = Tracked(call, live);
        var fields = Fields(call, applied);
        var own = managers.Find(manager => manager.Is(call.FieldManager, FieldManager.Apply, call.Subresource));
        var others = managers.Where(manager => manager != own).ToList();

        var merged = ApplyMerge.Merge(live, applied, call.Type.Schema);
        RemoveAbandoned(merged, own?.Fields, fields, others);
        var document = ObjectPreparation.ForUpdate(call, current, merged);
        Settle(call, live, document, fields, others);

        var isSame = own is not null && JsonNode.DeepEquals(own.Fields.ToJson(), fields.ToJson()) && IsSameBut(document, live);
        FieldManager.Write(document, [.. others, isSame ? own! : Manager(call, fields)]);
        return document;
    }

    /// <summary>Notes what any other write changed, if anything was ever applied to the object.</summary>
    public void Note(ApiCall call, StoredObject current, JsonObject document)
    {
        var managers = FieldManager.Read(current.Document);
        if (managers.Count == 0)
        {
            return;
        }
        var before = FieldsOf.Document(current.Document, call.Type.Schema, null);
        var after = FieldsOf.Document(document, call.Type.Schema, null);
        var changed = after.Paths().Where(path => !AreEqual(path, current.Document, document)).ToList();
        var removed = before.Paths().Where(path => !after.Contains(path)).ToList();
        if (changed.Count == 0 && removed.Count == 0)
        {
            return;
        }
        foreach (var manager in managers)
        {
            removed.ForEach(manager.Fields.Remove);
            changed.ForEach(manager.Fields.Remove);
        }
        var own = managers.Find(manager => manager.Is(call.FieldManager, FieldManager.Update, call.Subresource));
        if (own is null)
        {
            own = new FieldManager { Name = call.FieldManager, Operation = FieldManager.Update, ApiVersion = call.Type.ApiVersion, Subresource = call.Subresource };
            managers.Add(own);
        }
        changed.ForEach(own.Fields.Add);
        own.Time = Times.Format(time.GetUtcNow());
        FieldManager.Write(document, managers);
    }

    private static FieldSet Fields(ApiCall call, JsonObject document) =>
        FieldsOf.Document(document, call.Type.Schema, call.Type.HasStatus ? call.IsStatus ? "spec" : "status" : null);

    private FieldManager Manager(ApiCall call, FieldSet fields) => new()
    {
        Name = call.FieldManager,
        Operation = FieldManager.Apply,
        ApiVersion = call.Type.ApiVersion,
        Subresource = call.Subresource,
        Time = Times.Format(time.GetUtcNow()),
        Fields = fields,
    };

    private static List<FieldManager> Tracked(ApiCall call, JsonObject live)
    {
        var managers = FieldManager.Read(live);
        return managers.Count > 0 ? managers :
        [
            new FieldManager
            {
                Name = BeforeFirstApply,
                Operation = FieldManager.Update,
                ApiVersion = call.Type.ApiVersion,
                Fields = FieldsOf.Document(live, call.Type.Schema, null),
            },
        ];
    }

    private static void RemoveAbandoned(JsonObject document, FieldSet? before, FieldSet now, List<FieldManager> others)
    {
        // What is in a list's item comes before the item.
        foreach (var path in before?.Paths().Reverse() ?? [])
        {
            if (!now.Touches(path) && !others.Exists(other => other.Fields.Touches(path)))
            {
                path.RemoveFrom(document);
            }
        }
    }

    /// <summary>Takes the fields that change from those who had them, or refuses.</summary>
    private static void Settle(ApiCall call, JsonObject live, JsonObject document, FieldSet fields, List<FieldManager> others)
    {
        var conflicts = others.SelectMany(other => fields.Paths()
            .Where(path => other.Fields.Contains(path) && !AreEqual(path, live, document))
            .Select(path => new FieldConflict(other, path))).ToList();
        if (conflicts.Count == 0)
        {
            return;
        }
        var passed = LastAppliedFields(call, live);
        var refused = conflicts.Where(conflict => conflict.Manager.Operation == FieldManager.Apply || passed?.Contains(conflict.Field) != true).ToList();
        if (refused.Count > 0 && !call.IsForced)
        {
            throw Failures.ApplyConflict(refused);
        }
        conflicts.ForEach(conflict => conflict.Manager.Fields.Remove(conflict.Field));
    }

    // What kubectl applied by itself before passes to kubectl's server-side apply without a conflict.
    private static FieldSet? LastAppliedFields(ApiCall call, JsonObject live)
    {
        if (call.FieldManager != Kubectl || live.Text("metadata", "annotations", LastApplied) is not { } text)
        {
            return null;
        }
        try
        {
            return JsonReading.Parse(Encoding.UTF8.GetBytes(text)) is JsonObject document ? Fields(call, document) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool AreEqual(FieldPath path, JsonObject one, JsonObject other)
    {
        var first = path.In(one, out var isInFirst);
        var second = path.In(other, out var isInSecond);
        if (isInFirst != isInSecond)
        {
            return false;
        }
        // An item's own fields are told apart one by one.
        return path.Steps[^1].StartsWith("k:", StringComparison.Ordinal) || JsonNode.DeepEquals(first, second);
    }

    private static bool IsSameBut(JsonObject document, JsonObject live)
    {
        var copy = (JsonObject)document.DeepClone();
        copy.Child("metadata")["managedFields"] = live.At("metadata", "managedFields")?.DeepClone();
        return JsonNode.DeepEquals(copy, live);
    }
}
