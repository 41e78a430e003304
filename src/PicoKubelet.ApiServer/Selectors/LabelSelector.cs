using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.ApiServer.Http;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Selectors;

/// <summary>labelSelector: equality and set requirements. Source: apimachinery's labels/selector.go.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<JsonObject?, bool>> _requirements = [];

    /// <exception cref="ApiException">The text is not a selector.</exception>
    public LabelSelector(string text)
    {
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var match = RequirementPattern().Match(rest);
            if (!match.Success)
            {
                throw Failures.BadRequest($"unable to parse requirement: found '{rest}', expected: '=', '!=', '==', 'in', notin'");
            }
            _requirements.Add(Requirement(match));
            rest = rest[match.Length..];
        }
    }

    /// <summary>Whether the object's labels meet all requirements.</summary>
    public bool Matches(StoredObject item) => Matches(item.Metadata["labels"] as JsonObject);

    /// <summary>Whether the labels meet all requirements.</summary>
    public bool Matches(JsonObject? labels) => _requirements.TrueForAll(requirement => requirement(labels));

    private static Func<JsonObject?, bool> Requirement(Match match)
    {
        var key = match.Groups["key"].Value;
        if (match.Groups["set"].Success)
        {
            var values = match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
            return match.Groups["set"].Value == "in"
                ? labels => labels.Text(key) is { } value && values.Contains(value)
                : labels => labels.Text(key) is not { } value || !values.Contains(value);
        }
        if (match.Groups["operator"].Success)
        {
            var wanted = match.Groups["value"].Value;
            return match.Groups["operator"].Value == "!="
                ? labels => labels.Text(key) != wanted
                : labels => labels.Text(key) == wanted;
        }
        return match.Groups["not"].Success
            ? labels => labels.Text(key) is null
            : labels => labels.Text(key) is not null;
    }

    [GeneratedRegex(@"\A\s*(?:(?<not>!)\s*)?(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)\s*(?:(?<operator>==|=|!=)\s*(?<value>[-A-Za-z0-9_.]*)|(?<set>in|notin)\s*\((?<values>[^()]*)\))?\s*(?:,|\z)")]
    private static partial Regex RequirementPattern();
}
