using System.Text.Json.Nodes;
using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Selectors;

/// <summary>The selectors in objects as queries and tables have them. Source: apimachinery's FormatLabelSelector.</summary>
internal static class LabelSelectorText
{
    /// <summary>The text of a metav1.LabelSelector; one that selects nothing gives an empty text.</summary>
    public static string Of(JsonNode? selector)
    {
        var terms = (selector.At("matchLabels") as JsonObject ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}");
        return string.Join(',', terms.Concat(selector.Items("matchExpressions").Select(Expression)));
    }

    private static string Expression(JsonObject requirement)
    {
        var key = requirement.Text("key");
        var values = string.Join(',', requirement["values"] as JsonArray ?? []);
        return requirement.Text("operator") switch
        {
            "In" => $"{key} in ({values})",
            "NotIn" => $"{key} notin ({values})",
            "DoesNotExist" => $"!{key}",
            _ => $"{key}",
        };
    }
}
