namespace PicoKubelet.ApiServer.Schemas;

/// <summary>One type of types.txt or workloads.txt.</summary>
internal sealed class TypeSchema(string package, string name, string? description)
{
    private readonly Dictionary<string, FieldSchema> _byName = new(StringComparer.Ordinal);
    private readonly List<FieldSchema> _fields = [];
    private readonly List<(int At, FieldSchema Field)> _inlined = [];

    /// <summary>The Kubernetes name of the type.</summary>
    public string Name { get; } = name;

    /// <summary>The name that OpenAPI documents have for it.</summary>
    public string QualifiedName { get; } = $"{package}.{name}";

    /// <summary>What the type is, or null.</summary>
    public string? Description { get; } = description;

    /// <summary>The fields, in the order in which they are written.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields;

    /// <summary>The field of that name, or null.</summary>
    public FieldSchema? Find(string field) => _byName.GetValueOrDefault(field);

    /// <summary>The field with that protobuf number, or null.</summary>
    public FieldSchema? Find(int number) => _fields.Find(field => field.Number == number);

    /// <summary>The type whose fields are this one's too, by the protobuf number of the message that holds them, or null.</summary>
    public TypeSchema? FindInlined(int number) => _inlined.Find(entry => entry.Field.Number == number).Field?.Type;

    internal void Add(FieldSchema field)
    {
        _fields.Add(field);
        _byName.Add(field.Name, field);
    }

    internal void AddInlined(FieldSchema field) => _inlined.Add((_fields.Count, field));

    /// <summary>Takes the fields of the inlined types over, where these stand.</summary>
    internal void Flatten()
    {
        foreach (var (at, inlined) in Enumerable.Reverse(_inlined))
        {
            foreach (var field in Enumerable.Reverse(inlined.Type!.Fields))
            {
                // In protobuf it is found in the message alone.
                var own = field with { Number = 0 };
                _fields.Insert(at, own);
                _byName.Add(own.Name, own);
            }
        }
    }

    /// <summary>The inlined fields, whose types are still to be found.</summary>
    internal IEnumerable<FieldSchema> Inlined => _inlined.Select(entry => entry.Field);
}
