using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace PicoKubelet.IntegrationTests.DeviceTests;

/// <summary>An assembly of tests that run on the device too, as it was built for the PC.</summary>
internal sealed class DeviceTestAssembly
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Assembly _assembly;

    /// <summary>Loads an assembly.</summary>
    /// <param name="name">Its name, which is its project's.</param>
    public DeviceTestAssembly(string name)
    {
        _assembly = Assembly.Load(name);
    }

    /// <summary>Gets the test classes.</summary>
    public IEnumerable<Type> TestClasses => _assembly.GetTypes().Where(type => type.IsDefined(typeof(TestClassAttribute)));

    /// <summary>Gets the fields of the test classes, but for those that never change.</summary>
    public IEnumerable<FieldInfo> State =>
        TestClasses
            .SelectMany(Ancestry)
            .SelectMany(type => type.GetFields(Declared))
            .Where(state => !state.IsLiteral && !(state.IsStatic && state.IsInitOnly));

    /// <summary>Gets the members that have an attribute with an argument that is null or has a null in it.</summary>
    public IEnumerable<MemberInfo> MembersWithNulls => Members.Where(member => ArgumentsOf(member.CustomAttributes).Any(value => value is null));

    private IEnumerable<MemberInfo> Members => _assembly.GetTypes().SelectMany(type => type.GetMembers(Declared).Append(type));

    /// <summary>Counts the bytes of the string table that the device's build of the assembly has.</summary>
    /// <remarks>
    /// The metadata processor puts each name and each literal, also those in attributes, there once, as UTF-8 with a zero
    /// behind. (Source: nanoStringTable.cs of nanoframework/metadata-processor.)
    /// </remarks>
    /// <returns>The bytes, nearly: the PC's build differs in what the compiler adds.</returns>
    public int CountStringTableBytes()
    {
        HashSet<string> strings = [.. LiteralsOfDataRows()];
        using PEReader file = new(File.OpenRead(_assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        strings.UnionWith(Names(metadata).Select(metadata.GetString));
        strings.UnionWith(Literals(metadata));
        return strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
    }

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (Type? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }
    }

    // What other attributes say differs between MSTest and the device: MSTest's have their source file's path, for one.
    private IEnumerable<string> LiteralsOfDataRows()
    {
        return Members
            .SelectMany(member => ArgumentsOf(member.CustomAttributes.Where(attribute => attribute.AttributeType == typeof(DataRowAttribute))))
            .OfType<string>();
    }

    private static IEnumerable<object?> ArgumentsOf(IEnumerable<CustomAttributeData> attributes)
    {
        return attributes
            .SelectMany(attribute => attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue)))
            .SelectMany(ValuesOf);
    }

    private static IEnumerable<object?> ValuesOf(CustomAttributeTypedArgument argument)
    {
        return argument.Value is IEnumerable<CustomAttributeTypedArgument> elements ? elements.SelectMany(ValuesOf) : [argument.Value];
    }

    private static IEnumerable<StringHandle> Names(MetadataReader metadata)
    {
        return
        [
            .. metadata.TypeReferences.Select(metadata.GetTypeReference).SelectMany(type => new[] { type.Namespace, type.Name }),
            .. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).SelectMany(type => new[] { type.Namespace, type.Name }),
            .. metadata.MethodDefinitions.Select(method => metadata.GetMethodDefinition(method).Name),
            .. metadata.FieldDefinitions.Select(field => metadata.GetFieldDefinition(field).Name),
            .. metadata.MemberReferences.Select(member => metadata.GetMemberReference(member).Name),
        ];
    }

    private static IEnumerable<string> Literals(MetadataReader metadata)
    {
        // The heap's first entry is the empty one. Behind the last there may be padding, which reads as empty ones.
        for (UserStringHandle literal = MetadataTokens.UserStringHandle(1); !literal.IsNil; literal = metadata.GetNextHandle(literal))
        {
            yield return metadata.GetUserString(literal);
        }
    }
}
