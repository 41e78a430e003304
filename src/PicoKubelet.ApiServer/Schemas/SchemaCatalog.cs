using System.Globalization;

namespace PicoKubelet.ApiServer.Schemas;

/// <summary>All types of types.txt and workloads.txt.</summary>
internal static class SchemaCatalog
{
    private const string Comment = "  # ";

    private static readonly Dictionary<string, TypeSchema> Types = Load();

    /// <summary>The type of that name.</summary>
    public static TypeSchema Get(string name) => Types[name];

    private static Dictionary<string, TypeSchema> Load()
    {
        var types = new Dictionary<string, TypeSchema>(StringComparer.Ordinal);
        var package = "";
        TypeSchema? current = null;
        foreach (var line in EmbeddedText.Lines("types.txt").Concat(EmbeddedText.Lines("workloads.txt")))
        {
            var comment = line.IndexOf(Comment, StringComparison.Ordinal);
            var description = comment < 0 ? null : line[(comment + Comment.Length)..];
            var words = line[..(comment < 0 ? line.Length : comment)].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (line[0])
            {
                case '@':
                    package = words[1];
                    break;
                case ' ':
                    AddField(current!, words, description);
                    break;
                default:
                    current = new TypeSchema(package, words[0], description);
                    types.Add(current.Name, current);
                    break;
            }
        }
        Resolve(types);
        return types;
    }

    private static void Resolve(Dictionary<string, TypeSchema> types)
    {
        foreach (var field in types.Values.SelectMany(type => type.Fields.Concat(type.Inlined)))
        {
            field.Type = field.TypeName is null ? null : types[field.TypeName];
        }
        foreach (var type in types.Values)
        {
            type.Flatten();
        }
    }

    private static void AddField(TypeSchema type, string[] words, string? description)
    {
        var field = ParseField(words, description);
        if (words.Contains("inline"))
        {
            type.AddInlined(field);
        }
        else
        {
            type.Add(field);
        }
    }

    private static FieldSchema ParseField(string[] words, string? description)
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
            flags.Contains("merge"),
            description);
    }
}
