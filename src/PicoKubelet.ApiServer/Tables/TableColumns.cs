using System.Globalization;
using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Tables;

/// <summary>The column definitions of columns.txt.</summary>
internal static class TableColumns
{
    private static readonly ILookup<string, string[]> Columns =
        EmbeddedText.Lines("columns.txt").Select(line => line.Split('|')).ToLookup(column => column[0], StringComparer.Ordinal);

    /// <summary>The columnDefinitions of a resource's tables.</summary>
    public static JsonArray Definitions(string plural) => new([.. Columns[plural].Select(column => new JsonObject
    {
        ["name"] = column[1],
        ["type"] = column[2],
        ["format"] = column[3],
        ["description"] = column[1],
        ["priority"] = int.Parse(column[4], CultureInfo.InvariantCulture),
    })]);
}
