using System.Text.Json;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Selectors;

/// <summary>fieldSelector: the fields that the real server lets one select by.</summary>
internal sealed class FieldSelector
{
    private static readonly string[] Common = ["metadata.name", "metadata.namespace"];

    private static readonly Dictionary<string, string[]> ByKind = new(StringComparer.Ordinal)
    {
        ["Event"] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
        ["Node"] = ["spec.unschedulable"],
        ["Namespace"] = ["status.phase"],
        ["Pod"] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP"],
        ["Secret"] = ["type"],
    };

    private readonly List<(string[] Path, string Value, bool Equal)> _requirements = [];

    /// <exception cref="ApiException">The text is not a selector, or names a field that can not be selected by.</exception>
    public FieldSelector(string text, ResourceType type)
    {
        foreach (var term in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = term.IndexOf('=');
            if (at < 1)
            {
                throw Failures.BadRequest($"invalid selector: '{text}'; can't understand '{term}'");
            }
            var equal = term[at - 1] != '!';
            var field = term[..(equal ? at : at - 1)];
            var value = term[(at + 1)..];
            if (!Common.Contains(field) && !(ByKind.TryGetValue(type.Kind, out var known) && known.Contains(field)))
            {
                throw Failures.BadRequest($"field label not supported: {field}");
            }
            var path = (field == "source" ? "source.component" : field).Split('.');
            _requirements.Add((path, equal && value.StartsWith('=') ? value[1..] : value, equal));
        }
    }

    /// <summary>Whether the object's fields meet all requirements.</summary>
    public bool Matches(StoredObject item) =>
        _requirements.TrueForAll(requirement => (Value(item, requirement.Path) == requirement.Value) == requirement.Equal);

    private static string Value(StoredObject item, string[] path)
    {
        var node = item.Document.At(path);
        return node is null
            ? path[^1] == "unschedulable" ? "false" : ""
            : node.GetValueKind() == JsonValueKind.True ? "true" : node.ToString();
    }
}
