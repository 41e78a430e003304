using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace PicoKubelet.Bench.Costs;

/// <summary>What an assembly is made of, as far as nanoFramework's format keeps it.</summary>
internal sealed class AssemblySizes
{
    public const int TypeBytes = 24;
    public const int MethodBytes = 16;
    public const int FieldBytes = 8;
    public const int ReferenceBytes = 8;

    private readonly PEReader _portable;
    private readonly MetadataReader _metadata;
    private readonly HashSet<string> _names = [];

    public AssemblySizes(PEReader portable)
    {
        _portable = portable;
        _metadata = portable.GetMetadataReader();
        References = _metadata.TypeReferences.Count + _metadata.MemberReferences.Count;
        AddLiterals();
        foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
        {
            AddType(_metadata.GetTypeDefinition(handle));
        }

        foreach (TypeReferenceHandle handle in _metadata.TypeReferences)
        {
            TypeReference reference = _metadata.GetTypeReference(handle);
            AddName("other names", Text(reference.Name));
            AddName("other names", Text(reference.Namespace));
        }

        HashSet<BlobHandle> signatures = [.. _metadata.MemberReferences.Select(handle => _metadata.GetMemberReference(handle).Signature)];
        signatures.UnionWith(_metadata.MethodDefinitions.Select(handle => _metadata.GetMethodDefinition(handle).Signature));
        signatures.UnionWith(_metadata.FieldDefinitions.Select(handle => _metadata.GetFieldDefinition(handle).Signature));
        Signatures = signatures.Sum(handle => _metadata.GetBlobReader(handle).Length);
    }

    public int Types { get; private set; }

    public int Fields { get; private set; }

    public int References { get; }

    public int Signatures { get; }

    public List<MethodSize> Methods { get; } = [];

    /// <summary>Gets the bytes of the methods' code.</summary>
    public int CodeBytes => Methods.Sum(method => method.Bytes);

    /// <summary>Gets the bytes of the whole assembly.</summary>
    public int Total =>
        CodeBytes + (Types * TypeBytes) + (Methods.Count * MethodBytes) + (Fields * FieldBytes) + (References * ReferenceBytes) + Strings.Values.Sum() + Signatures;

    /// <summary>Gets the bytes of the distinct strings, by what they are for.</summary>
    public SortedDictionary<string, int> Strings { get; } = new(StringComparer.Ordinal);

    private string Text(StringHandle handle) => _metadata.GetString(handle);

    private void AddLiterals()
    {
        UserStringHandle handle = MetadataTokens.UserStringHandle(1);
        while (!handle.IsNil && MetadataTokens.GetHeapOffset(handle) < _metadata.GetHeapSize(HeapIndex.UserString))
        {
            AddName("literals", _metadata.GetUserString(handle));
            handle = _metadata.GetNextHandle(handle);
        }
    }

    private void AddType(TypeDefinition type)
    {
        string name = Text(type.Name);
        string space = Text(type.Namespace);

        // What the compiler makes for a table of constants stands in the module's own namespace.
        Types++;
        AddName("other names", name);
        AddName("other names", space);
        foreach (FieldDefinitionHandle handle in type.GetFields())
        {
            FieldDefinition field = _metadata.GetFieldDefinition(handle);
            if (!field.Attributes.HasFlag(System.Reflection.FieldAttributes.Literal))
            {
                // A constant is in the code that uses it.
                Fields++;
                AddName(Text(field.Name).Contains("k__BackingField", StringComparison.Ordinal) ? "backing fields" : "other names", Text(field.Name));
            }
        }

        foreach (MethodDefinitionHandle handle in type.GetMethods())
        {
            MethodDefinition method = _metadata.GetMethodDefinition(handle);
            string methodName = Text(method.Name);
            bool isAccessor = methodName.StartsWith("get_", StringComparison.Ordinal) || methodName.StartsWith("set_", StringComparison.Ordinal);
            AddName(isAccessor ? "accessors" : "other names", methodName);
            Methods.Add(new MethodSize(space, name, methodName, Size(method)));
        }
    }

    private int Size(MethodDefinition method)
    {
        if (method.RelativeVirtualAddress == 0)
        {
            return 0;
        }

        MethodBodyBlock body = _portable.GetMethodBody(method.RelativeVirtualAddress);
        return Bytecode.Measure(body.GetILReader()) + (body.ExceptionRegions.Length * Bytecode.HandlerBytes);
    }

    private void AddName(string kind, string name)
    {
        if (name.Length > 0 && _names.Add(name))
        {
            Strings[kind] = Strings.GetValueOrDefault(kind) + Encoding.UTF8.GetByteCount(name) + 1;
        }
    }
}
