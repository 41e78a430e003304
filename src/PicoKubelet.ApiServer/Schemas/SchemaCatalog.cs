using System.Globalization;

namespace PicoKubelet.ApiServer.Schemas;

/// <summary>All types of types.txt.</summary>
internal static class SchemaCatalog
{
    private static readonly Dictionary<string, TypeSchema> Types = Load();

    /// <summary>The type of that name.</summary>
    public static TypeSchema Get(string name) => Types[name];

    private static Dictionary<string, TypeSchema> Load()
    {
        var types = new Dictionary<string, TypeSchema>(StringComparer.Ordinal);
        TypeSchema? current = null;
        foreach (var line in EmbeddedText.Lines("types.txt"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] != ' ')
            {
                current = new TypeSchema(words[0], words.Length > 1);
                types.Add(current.Name, current);
            }
            else
            {
                current!.Add(ParseField(words));
            }
        }
        foreach (var field in types.Values.SelectMany(type => type.Fields))
        {
            field.Type = field.TypeName is null ? null : types[field.TypeName];
        }
        return types;
    }

    private static FieldSchema ParseField(string[] words)
    {
        var kind = words[2];
        var shape = FieldShape.Single;
        if (kind.StartsWith("list:", StringComparison.Ordinal))
        {
            (shape, kind) = (FieldShape.List, kind[5..]);
        }
        else if (kind.StartsWith("map:", StringComparison.Ordinal))
        {
            (shape, kind) = (FieldShape.Map, kind[4..]);
        }
        var isObject = char.IsUpper(kind[0]);
        var flags = words.AsSpan(3).ToArray();
        return new FieldSchema(
            words[1],
            words[0] == "-" ? 0 : int.Parse(words[0], CultureInfo.InvariantCulture),
            isObject ? FieldKind.Object : Enum.Parse<FieldKind>(kind, ignoreCase: true),
            shape,
            isObject ? kind : null,
            flags.Contains("!"),
            flags.Contains("?"),
            flags.FirstOrDefault(flag => flag.StartsWith("key=", StringComparison.Ordinal))?[4..],
            flags.Contains("merge"));
    }
}
