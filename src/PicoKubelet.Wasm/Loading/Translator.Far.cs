namespace PicoKubelet.Wasm;

/// <content>
/// Operands a and b name registers by 8 bits. Functions with more registers, which are rare, get at the others by way of
/// some near ones that are kept free for that.
/// </content>
internal sealed partial class Translator
{
    // Registers from here on are not named in a and b; so many behind it are kept free.
    private const int Near = 240;
    private const int Kept = 16;

    // Of these the first two serve an instruction, the others a call's arguments.
    private const int ForA = Near;
    private const int ForB = Near + 1;
    private const int ForArguments = Near + 2;

    private static int Slot(int register) => register < Near ? register : register + Kept;

    private int EmitFar(int op, int a, int b, int c)
    {
        var right = b;
        if (b >= Near)
        {
            right = ForB;
            AddRow(IsWideSource(op) ? Op.FarGetWide : Op.FarGet, ForB, 0, b);
        }

        if (a < Near)
        {
            return AddRow(op, a, right, c);
        }

        if (op == Op.Call || op == Op.Data || op == Op.ReturnMany)
        {
            throw _reader.Beyond("of registers for several results");
        }

        if (IsSourceInA(op, out var wide))
        {
            AddRow(wide ? Op.FarGetWide : Op.FarGet, ForA, 0, a);
            return AddRow(op, ForA, right, c);
        }

        AddRow(op, ForA, right, c);
        return AddRow(IsWideResult(op) ? Op.FarSetWide : Op.FarSet, ForA, 0, a);
    }

    // A result with constants in the row and up to three more, which stay together: the second and third value give 16
    // bits each, the last one 32.
    private void EmitRows(int op, int register, int b, int c, int more, int second, int third)
    {
        _last = -1;
        if (_dead)
        {
            return;
        }

        var row = AddRow(op, register < Near ? register : ForA, b, c);
        for (var i = 1; i <= more; i++)
        {
            AddRow(Op.Data, 0, 0, i == 1 ? second : i == 2 ? third : third >> 16);
        }

        if (register >= Near)
        {
            AddRow(IsWideResult(op) ? Op.FarSetWide : Op.FarSet, ForA, 0, register);
        }
        else
        {
            _last = row;
            _lastInB = false;
        }
    }

    // Whether a is read and not written.
    private static bool IsSourceInA(int op, out bool wide)
    {
        wide = op == Op.ReturnWide || op == Op.GlobalSetWide || op == Op.Store64 || op == Op.WithOffset + 7 || (op >= 0x3C && op <= 0x3E);
        return wide || op == Op.BrZero || op == Op.BrNotZero || op == Op.BrTable || op == Op.ReturnNarrow || op == Op.CallIndirect
            || op == Op.GlobalSet || op == Op.Bulk || op == Op.Store32 || op == 0x3A || op == 0x3B
            || (op >= Op.BrCompare && op < Op.WithOffset) || (op >= Op.WithOffset + 6 && op < Op.LoadIndexed);
    }

    // Whether b is a register of 64 bits.
    private static bool IsWideSource(int op) => op switch
    {
        Op.MoveWide or Op.SelectWide or (>= 0x50 and <= 0x5A) or (>= 0x61 and <= 0x66) or (>= 0x79 and <= 0x8A) => true,
        (>= 0x99 and <= 0xA7) or 0xAA or 0xAB or 0xB0 or 0xB1 or (>= 0xB4 and <= 0xB6) or 0xB9 or 0xBA or (>= 0xC2 and <= 0xC4) => true,
        >= Op.TruncSaturated and <= Op.TruncSaturated + 7 => ((op - Op.TruncSaturated) & 2) != 0,
        _ => false,
    };

    // A register that a row of arguments or of a condition can name.
    private int NearOf(int register, bool wide, int free)
    {
        if (register < Near || _dead)
        {
            return register;
        }

        if (free >= Near + Kept)
        {
            throw _reader.Beyond("of registers for the arguments of a call");
        }

        AddRow(wide ? Op.FarGetWide : Op.FarGet, free, 0, register);
        return free;
    }
}
