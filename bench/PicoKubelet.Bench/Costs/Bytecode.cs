using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace PicoKubelet.Bench.Costs;

/// <summary>How long a method is in nanoFramework's format: as in .NET, but that a token and an entry of a jump table take two bytes each.</summary>
internal static class Bytecode
{
    /// <summary>The bytes of one try with its handler.</summary>
    public const int HandlerBytes = 12;

    private const int TwoByteEscape = 0xfe;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static int Measure(BlobReader code)
    {
        int bytes = 0;
        while (code.RemainingBytes > 0)
        {
            int first = code.ReadByte();
            short value = first == TwoByteEscape ? (short)((TwoByteEscape << 8) | code.ReadByte()) : (short)first;
            OpCode opCode = OpCodesByValue[value];
            (int length, int shorter) = OperandOf(opCode.OperandType, ref code);
            code.Offset += length;
            bytes += opCode.Size + shorter;
        }

        return bytes;
    }

    /// <returns>The operand's length here, past what was read of it, and there.</returns>
    private static (int Length, int Shorter) OperandOf(OperandType type, ref BlobReader code)
    {
        switch (type)
        {
            case OperandType.InlineNone:
                return (0, 0);
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                return (1, 1);
            case OperandType.InlineVar:
                return (2, 2);
            case OperandType.InlineBrTarget:
                return (4, 2);
            case OperandType.InlineI or OperandType.ShortInlineR:
                return (4, 4);
            case OperandType.InlineI8 or OperandType.InlineR:
                return (8, 8);
            case OperandType.InlineSwitch:
                int targets = code.ReadInt32();
                return (targets * 4, 1 + (targets * 2));
            default:
                return (4, 2);
        }
    }
}
