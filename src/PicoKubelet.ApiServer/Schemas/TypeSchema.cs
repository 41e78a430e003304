namespace PicoKubelet.ApiServer.Schemas;

/// <summary>One type of types.txt.</summary>
internal sealed class TypeSchema(string name, bool open)
{
    private readonly Dictionary<string, FieldSchema> _byName = new(StringComparer.Ordinal);
    private readonly List<FieldSchema> _fields = [];

    /// <summary>The Kubernetes name of the type.</summary>
    public string Name { get; } = name;

    /// <summary>Whether fields that are not listed are kept.</summary>
    public bool Open { get; } = open;

    /// <summary>The fields, in the order in which they are written.</summary>
    public IReadOnlyList<FieldSchema> Fields => _fields;

    /// <summary>The field of that name, or null.</summary>
    public FieldSchema? Find(string field) => _byName.GetValueOrDefault(field);

    /// <summary>The field with that protobuf number, or null.</summary>
    public FieldSchema? Find(int number) => _fields.Find(field => field.Number == number);

    internal void Add(FieldSchema field)
    {
        _fields.Add(field);
        _byName.Add(field.Name, field);
    }
}
