using System;

namespace PicoKubelet.Wasm;


/// <content>The stack of operands: where each is, what type it has.</content>
internal sealed partial class Translator
{
    // An operand is in its own register, is a local that was not moved, or a constant that was not moved.
    private const byte InRegister = 0;
    private const byte IsLocal = 1;
    private const byte IsConstant = 2;

    private byte[] _types = new byte[16];
    private byte[] _kinds = new byte[16];
    private int[] _values = new int[16];
    private short[] _slots = new short[16];
    private int _height;
    private int _aliases;

    // The next free register of either file, and the most that were in use.
    private int _narrow;
    private int _wide;
    private int _mostNarrow;
    private int _mostWide;

    // Takes the operand on top; its entry stays readable until the next push.
    private int Pop(int type)
    {
        var block = _blocks[_blockDepth];
        if (_height == block.Height)
        {
            if (!block.Unreachable)
            {
                throw _reader.Invalid("type mismatch");
            }

            Room();
            _types[_height] = (byte)type;
            _kinds[_height] = InRegister;
            _values[_height] = 0;
            _slots[_height] = 0;
            return _height;
        }

        var entry = --_height;
        var found = _types[entry];
        if (found != type && found != 0 && type != 0)
        {
            throw _reader.Invalid("type mismatch");
        }

        if (TypeList.IsWide(found))
        {
            _wide--;
        }
        else
        {
            _narrow--;
        }

        if (_kinds[entry] == IsLocal)
        {
            _aliases--;
        }

        return entry;
    }

    // Puts an operand on top that is in its own register, whose number is returned.
    private int Push(int type)
    {
        Room();
        int slot;
        if (TypeList.IsWide(type))
        {
            slot = _wide++;
            if (_wide > _mostWide)
            {
                _mostWide = _wide;
            }
        }
        else
        {
            slot = _narrow++;
            if (_narrow > _mostNarrow)
            {
                _mostNarrow = _narrow;
            }
        }

        slot = Slot(slot);
        _types[_height] = (byte)type;
        _kinds[_height] = InRegister;
        _values[_height] = slot;
        _slots[_height++] = (short)slot;
        return slot;
    }

    private void PushLocal(int type, int register)
    {
        Push(type);
        _kinds[_height - 1] = IsLocal;
        _values[_height - 1] = register;
        _aliases++;
    }

    private void PushConstant(int value)
    {
        Push(I32);
        _kinds[_height - 1] = IsConstant;
        _values[_height - 1] = value;
    }

    private void Room()
    {
        if (_height >= _limits.OperandDepth || _height >= 10000)
        {
            throw _reader.Beyond("OperandDepth");
        }

        var length = _types.Length;
        if (_height < length)
        {
            return;
        }

        var types = new byte[length * 2];
        var kinds = new byte[length * 2];
        var values = new int[length * 2];
        var slots = new short[length * 2];
        Array.Copy(_types, types, length);
        Array.Copy(_kinds, kinds, length);
        Array.Copy(_values, values, length);
        Array.Copy(_slots, slots, length);
        _types = types;
        _kinds = kinds;
        _values = values;
        _slots = slots;
    }

    // The register an operand can be read from; a constant is put in its own.
    private int Register(int entry)
    {
        if (_kinds[entry] == IsConstant)
        {
            EmitConstant(_slots[entry], _values[entry]);
            return _slots[entry];
        }

        return _values[entry];
    }

    private bool IsShort(int entry) => _kinds[entry] == IsConstant && _values[entry] >= short.MinValue && _values[entry] <= short.MaxValue;

    private void EmitConstant(int register, int value)
    {
        if (value >= short.MinValue && value <= short.MaxValue)
        {
            EmitResult(Op.ConstShort, register, 0, value);
        }
        else if (value >> 24 == 0)
        {
            EmitRows(Op.Const, register, value >> 16, value, 0, 0, 0);
        }
        else
        {
            EmitRows(Op.ConstFull, register, 0, value, 1, value >> 16, 0);
        }
    }

    // Puts an operand that is on the stack into a register.
    private void Settle(int entry, int register)
    {
        if (_kinds[entry] == IsConstant)
        {
            EmitConstant(register, _values[entry]);
        }
        else if (_values[entry] != register)
        {
            EmitResult(TypeList.IsWide(_types[entry]) ? Op.MoveWide : Op.Move, register, _values[entry], 0);
        }
    }

    // Puts an operand that is on the stack into its own register, and leaves it there.
    private void SettleInPlace(int entry)
    {
        if (_kinds[entry] == InRegister)
        {
            return;
        }

        Settle(entry, _slots[entry]);
        if (_kinds[entry] == IsLocal)
        {
            _aliases--;
        }

        _kinds[entry] = InRegister;
        _values[entry] = _slots[entry];
    }

    // The uppermost operands go to their own registers, and below them all that are locals.
    private void SettleTop(int count)
    {
        for (var i = 0; i < count && i < _height; i++)
        {
            SettleInPlace(_height - 1 - i);
        }
    }

    private void SettleLocals()
    {
        for (var i = _height - 1; i >= 0 && _aliases > 0; i--)
        {
            if (_kinds[i] == IsLocal)
            {
                SettleInPlace(i);
            }
        }
    }

    // Before a local changes: what names it on the stack takes its old value.
    private void Preserve(bool wide, int register)
    {
        for (var i = _height - 1; i >= 0 && _aliases > 0; i--)
        {
            if (_kinds[i] == IsLocal && _values[i] == register && TypeList.IsWide(_types[i]) == wide)
            {
                SettleInPlace(i);
            }
        }
    }

    // Whether the last row's result is this operand and nothing else uses it.
    private bool IsLastResult(int entry)
    {
        if (_last < 0 || _kinds[entry] != InRegister)
        {
            return false;
        }

        var wide = _lastInB || IsWideResult(_code.Op[_last]);
        return wide == TypeList.IsWide(_types[entry]) && (_lastInB ? _code.B[_last] : _code.A[_last]) == _slots[entry];
    }

    private void Variable(int op)
    {
        var index = _reader.U32();
        if (op >= 0x23)
        {
            Global(op, index);
            return;
        }

        if ((uint)index >= (uint)_localCount)
        {
            throw _reader.Invalid("unknown local");
        }

        int type = _localTypes[index];
        int register = _localRegisters[index];
        if (op == 0x20)
        {
            PushLocal(type, register);
            return;
        }

        var entry = Pop(type);
        SetLocal(entry, type, register);
        if (op == 0x22)
        {
            PushLocal(type, register);
        }
    }

    private void SetLocal(int entry, int type, int register)
    {
        if (_dead)
        {
            return;
        }

        var wide = TypeList.IsWide(type);
        Preserve(wide, register);
        if (register < Near && IsLastResult(entry))
        {
            if (TakeProduct(register))
            {
                return;
            }

            (_lastInB ? _code.B : _code.A)[_last] = (byte)register;
            _last = -1;
        }
        else
        {
            Settle(entry, register);
            _last = -1;
        }
    }

    // A local that a product was added to: the sum, which is the last row, becomes part of the multiplication before.
    private bool TakeProduct(int register)
    {
        var product = _last - 1;
        if (_code.Op[_last] != Op.Add || product < _label || _code.Op[product] != Op.Mul)
        {
            return false;
        }

        // The product is an operand of its own and none of the locals.
        int sum = _code.A[product];
        if (sum < _firstOperand || !((_code.B[_last] == sum && _code.C[_last] == register) || (_code.B[_last] == register && _code.C[_last] == sum)))
        {
            return false;
        }

        RemoveLast();
        _code.Op[product] = Op.MulAdd;
        _code.A[product] = (byte)register;
        return true;
    }

    private void Global(int op, int index)
    {
        if ((uint)index >= (uint)_module.GlobalTypes.Length)
        {
            throw _reader.Invalid("unknown global");
        }

        var type = _module.GlobalTypes[index] & 0x7F;
        var wide = TypeList.IsWide(type);
        if (op == 0x23)
        {
            EmitResult(wide ? Op.GlobalGetWide : Op.GlobalGet, Push(type), 0, index);
            return;
        }

        if ((_module.GlobalTypes[index] & 0x80) == 0)
        {
            throw _reader.Invalid("global is immutable");
        }

        Emit(wide ? Op.GlobalSetWide : Op.GlobalSet, Register(Pop(type)), 0, index);
    }

    private void Constant(int op)
    {
        switch (op)
        {
            case 0x41:
                PushConstant(_reader.S32());
                break;
            case 0x42:
                EmitConstantWide(Push(I64), _reader.S64());
                break;
            case 0x43:
                EmitConstant(Push(F32), _reader.Fixed32());
                break;
            default:
                EmitConstantWide(Push(F64), _reader.Fixed64());
                break;
        }
    }

    private void EmitConstantWide(int register, long value)
    {
        if (value >= short.MinValue && value <= short.MaxValue)
        {
            EmitResult(Op.ConstWide, register, 0, (int)value);
        }
        else
        {
            EmitRows(Op.ConstLong, register, 0, (int)value, 3, (int)(value >> 16), (int)(value >> 32));
        }
    }

    private static bool IsWideResult(int op) => op switch
    {
        Op.MoveWide or Op.ConstWide or Op.ConstLong or Op.SelectWide or Op.GlobalGetWide or Op.FarGetWide => true,
        Op.Load64 or Op.WithOffset + 1 or (>= 0x30 and <= 0x35) => true,
        (>= 0x79 and <= 0x8A) or (>= 0x99 and <= 0xA6) => true,
        (>= 0xAC and <= 0xB1) or (>= 0xB7 and <= 0xBB) => true,
        0xBD or 0xBF or (>= 0xC2 and <= 0xC4) => true,
        >= Op.TruncSaturated + 4 and <= Op.TruncSaturated + 7 => true,
        _ => false,
    };
}
