using System.Reflection;
using System.Reflection.Emit;

namespace PicoKubelet.IntegrationTests.Structure;

/// <summary>
/// Which folder of an assembly uses which: its namespaces, by the types that the compiled code names. Constants are compiled into
/// who uses them, so they are no use.
/// </summary>
internal sealed class FolderGraph
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Assembly _assembly;
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    public FolderGraph(Assembly assembly)
    {
        _assembly = assembly;
        foreach (Type type in assembly.GetTypes())
        {
            AddType(type);
        }
    }

    /// <summary>Finds the folders that use each other in a circle.</summary>
    /// <returns>For each use that is part of one, the folders and an example; empty where there is none.</returns>
    public IReadOnlyList<string> FindCircles() =>
        [.. from user in _uses from used in user.Value where Reaches(used.Key, user.Key, []) select $"{user.Key} uses {used.Key}: {used.Value}"];

    private static string FolderOf(Type type) => type.Namespace ?? string.Empty;

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && _uses.TryGetValue(from, out SortedDictionary<string, string>? next) && next.Keys.Any(folder => Reaches(folder, to, seen)));

    private void AddType(Type type)
    {
        Add(type, type.BaseType);
        foreach (Type contract in type.GetInterfaces())
        {
            Add(type, contract);
        }

        foreach (FieldInfo field in type.GetFields(All))
        {
            Add(type, field.FieldType);
        }

        foreach (MethodBase method in type.GetMembers(All).OfType<MethodBase>())
        {
            AddMethod(type, method);
        }
    }

    private void AddMethod(Type type, MethodBase method)
    {
        Add(type, (method as MethodInfo)?.ReturnType);
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Add(type, parameter.ParameterType);
        }

        if (method.GetMethodBody() is { } body)
        {
            foreach (LocalVariableInfo local in body.LocalVariables)
            {
                Add(type, local.LocalType);
            }

            AddCode(type, body.GetILAsByteArray()!);
        }
    }

    /// <summary>Adds what the instructions name.</summary>
    private void AddCode(Type type, byte[] code)
    {
        int at = 0;
        while (at < code.Length)
        {
            short value = code[at] == 0xfe ? (short)(0xfe00 | code[at + 1]) : code[at];
            OpCode instruction = OpCodesByValue[value];
            at += instruction.Size;
            switch (instruction.OperandType)
            {
                case OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField:
                    AddMember(type, type.Module.ResolveMember(BitConverter.ToInt32(code, at), null, null)!);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private void AddMember(Type type, MemberInfo member)
    {
        Add(type, member as Type ?? member.DeclaringType);
        Add(type, (member as MethodInfo)?.ReturnType);
        Add(type, (member as FieldInfo)?.FieldType);
    }

    private void Add(Type user, Type? used)
    {
        while (used?.HasElementType == true)
        {
            used = used.GetElementType();
        }

        if (used?.Assembly != _assembly || FolderOf(used) == FolderOf(user))
        {
            return;
        }

        if (!_uses.TryGetValue(FolderOf(user), out SortedDictionary<string, string>? folders))
        {
            _uses[FolderOf(user)] = folders = new(StringComparer.Ordinal);
        }

        folders.TryAdd(FolderOf(used), $"{user.Name} needs {used.Name}");
    }
}
