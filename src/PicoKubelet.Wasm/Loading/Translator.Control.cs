namespace PicoKubelet.Wasm;


/// <content>Jumps, calls, and what else is not about numbers.</content>
internal sealed partial class Translator
{
    // The condition of a jump: a register, or a comparison that was the last row.
    private int _compare;
    private bool _compareShort;
    private int _left;
    private int _right;

    private void Control(int op)
    {
        switch (op)
        {
            case 0x00:
                Emit(Op.Unreachable, 0, 0, 0);
                SetUnreachable();
                break;
            case 0x01:
                break;
            case 0x02:
            case 0x03:
            case 0x04:
                EnterBlock(op);
                break;
            case 0x05:
                EnterElse();
                break;
            case 0x0B:
                EndBlock();
                break;
            case 0x0C:
                Jump(Label(_reader.U32()));
                break;
            case 0x0D:
                JumpIf(Label(_reader.U32()));
                break;
            case 0x0E:
                JumpTable();
                break;
            case 0x0F:
                Jump(_blocks[0]);
                break;
            case 0x10:
                Call(_reader.U32());
                break;
            case 0x11:
                CallIndirect();
                break;
            case 0x1A:
                Pop(0);
                break;
            case 0x1B:
                Select(0);
                break;
            case 0x1C:
                if (_reader.U32() != 1)
                {
                    throw _reader.Invalid("invalid result arity");
                }

                Select(ValueType(_reader.Byte()));
                break;
            default:
                throw Refuse(op);
        }
    }

    private WasmLoadException Refuse(int op) => op switch
    {
        (>= 0x06 and <= 0x0A) or 0x18 or 0x19 or 0x1F => _reader.Unsupported("exceptions"),
        0x12 or 0x13 => _reader.Unsupported("tail calls"),
        0x14 or 0x15 or 0xD3 or (>= 0xD4 and <= 0xD6) or 0xFB => _reader.Unsupported("GC"),
        0x25 or 0x26 or (>= 0xD0 and <= 0xD2) => _reader.Unsupported("reference types (instructions)"),
        0xFD => _reader.Unsupported("SIMD"),
        0xFE => _reader.Unsupported("threads"),
        _ => _reader.Malformed("illegal opcode"),
    };

    private Block Label(int depth)
    {
        if ((uint)depth > (uint)_blockDepth)
        {
            throw _reader.Invalid("unknown label");
        }

        return _blocks[_blockDepth - depth];
    }

    private void Jump(Block target)
    {
        MatchLabel(target, LabelCount(target), true);
        if (!_dead)
        {
            SettleTop(target.Kind == Block.Function && LabelCount(target) > 1 ? LabelCount(target) : 0);
            EmitJump(target);
        }

        SetUnreachable();
    }

    private void JumpIf(Block target)
    {
        TakeCondition(Pop(I32));
        var count = LabelCount(target);
        MatchLabel(target, count, true);
        if (_dead)
        {
            Retype(target, count);
            return;
        }

        if (count > 1 || (count == 1 && target.Kind != Block.Function))
        {
            SettleTop(count);
        }

        if (target.Kind != Block.Function && InPlace(target, count))
        {
            NotAtStart(target);
            Link(target, EmitConditional(true));
            return;
        }

        var around = EmitConditional(false);
        EmitJump(target);
        Patch(around);
        _last = -1;
        _label = _code.Count;
    }

    // Behind a jump what was of any type is of the label's.
    private void Retype(Block target, int count)
    {
        if (!_blocks[_blockDepth].Unreachable)
        {
            return;
        }

        for (var i = count - 1; i >= 0; i--)
        {
            Pop(LabelType(target, i));
        }

        for (var i = 0; i < count; i++)
        {
            Push(LabelType(target, i));
        }
    }

    private void JumpTable()
    {
        var last = _reader.U32();
        if (last < 0 || last >= _reader.Limit - _reader.Position)
        {
            throw _reader.Malformed("unexpected end of section or function");
        }

        if (last / 2 + _code.Count - _header > MostRows - 64)
        {
            throw _reader.Beyond("of 32,767 translated instructions for a function");
        }

        var index = Pop(I32);
        var depth = _reader.U32();
        var first = Label(depth);
        var count = LabelCount(first);
        var register = _dead ? 0 : Register(index);
        if (!_dead)
        {
            SettleTop(count);
        }

        var row = Emit(Op.BrTable, register, 0, last);
        for (var i = 0; ; i++)
        {
            var target = Label(depth);
            SameLabel(first, target);
            MatchLabel(target, count, true);
            if (!_dead)
            {
                if ((i & 1) == 0)
                {
                    Emit(Op.Data, 0, 0, 0);
                }

                SetDistance(row, i, depth);
            }

            if (i == last)
            {
                break;
            }

            depth = _reader.U32();
        }

        if (!_dead)
        {
            EmitStubs(row, last);
        }

        SetUnreachable();
    }

    // All targets of a table take the same.
    private void SameLabel(Block one, Block other)
    {
        var count = LabelCount(one);
        var same = LabelCount(other) == count;
        for (var i = 0; i < count && same; i++)
        {
            same = LabelType(one, i) == LabelType(other, i);
        }

        if (!same)
        {
            throw _reader.Invalid("type mismatch");
        }
    }

    // Each target has one row that jumps there, with what the jump takes along; the table leads to these.
    private void EmitStubs(int row, int last)
    {
        for (var i = 0; i <= _blockDepth; i++)
        {
            _blocks[i].Stub = -1;
        }

        for (var i = 0; i <= last; i++)
        {
            var target = _blocks[_blockDepth - Distance(row, i)];
            if (target.Stub < 0)
            {
                target.Stub = _code.Count;
                EmitJump(target);
            }

            SetDistance(row, i, target.Stub - row);
        }
    }

    private int Distance(int row, int index)
    {
        var at = row + 1 + (index >> 1);
        return (index & 1) == 0 ? _code.C[at] : _code.A[at] | (_code.B[at] << 8);
    }

    private void SetDistance(int row, int index, int value)
    {
        var at = row + 1 + (index >> 1);
        if ((index & 1) == 0)
        {
            _code.C[at] = (short)value;
        }
        else
        {
            _code.A[at] = (byte)value;
            _code.B[at] = (byte)(value >> 8);
        }
    }

    // A jump with what it takes along, or the return.
    private void EmitJump(Block target)
    {
        if (target.Kind == Block.Function)
        {
            EmitReturn();
            return;
        }

        var count = LabelCount(target);
        var narrow = target.Narrow;
        var wide = target.Wide;
        for (var i = 0; i < count; i++)
        {
            Settle(_height - count + i, Slot(TypeList.IsWide(LabelType(target, i)) ? wide++ : narrow++));
        }

        NotAtStart(target);

        Link(target, Emit(Op.Br, 0, 0, 0));
    }

    // A jump to itself would cost nothing.
    private void NotAtStart(Block target)
    {
        if (target.Kind == Block.Loop && target.Start == _code.Count)
        {
            Emit(Op.Data, 0, 0, 0);
        }
    }

    private bool InPlace(Block target, int count)
    {
        var narrow = target.Narrow;
        var wide = target.Wide;
        for (var i = 0; i < count; i++)
        {
            if (_slots[_height - count + i] != Slot(TypeList.IsWide(LabelType(target, i)) ? wide++ : narrow++))
            {
                return false;
            }
        }

        return true;
    }

    // More than one result is in its own registers already.
    private void EmitReturn()
    {
        var count = _module.Types.ResultCount(_type);
        var rows = 1 + _argumentRows;
        if (count == 0)
        {
            Emit(Op.Return, 0, 0, rows);
        }
        else if (count == 1)
        {
            var register = Register(_height - 1);
            Emit(TypeList.IsWide(_module.Types.Result(_type, 0)) ? Op.ReturnWide : Op.ReturnNarrow, register, 0, rows);
        }
        else
        {
            int narrow = 0, wide = 0, firstNarrow = 0, firstWide = 0;
            for (var i = 1; i <= count; i++)
            {
                var entry = _height - i;
                if (TypeList.IsWide(_types[entry]))
                {
                    firstWide = _slots[entry];
                    wide++;
                }
                else
                {
                    firstNarrow = _slots[entry];
                    narrow++;
                }
            }

            if (firstNarrow + narrow > Near || firstWide + wide > Near)
            {
                throw _reader.Beyond("of registers for several results");
            }

            Emit(Op.ReturnMany, firstNarrow, narrow, rows);
            Emit(Op.Data, firstWide, wide, 0);
        }
    }

    private void Call(int function)
    {
        if ((uint)function >= (uint)_module.FunctionTypes.Length)
        {
            throw _reader.Invalid("unknown function");
        }

        EmitCall(_module.FunctionTypes[function], function, -1);
    }

    private void CallIndirect()
    {
        var type = _reader.U32();
        var table = _reader.U32();
        if (table != 0 || !_module.HasTable)
        {
            throw _reader.Invalid("unknown table");
        }

        if ((uint)type >= (uint)_module.Types.Count)
        {
            throw _reader.Invalid("unknown type");
        }

        EmitCall(_module.Types.Canonical(type), -1, Register(Pop(I32)));
    }

    private void EmitCall(int type, int function, int index)
    {
        var types = _module.Types;
        var count = types.ParameterCount(type);
        for (var i = count - 1; i >= 0; i--)
        {
            var entry = Pop(types.Parameter(type, i));
            if (_kinds[entry] == IsConstant && !_dead)
            {
                Settle(entry, _slots[entry]);
                _kinds[entry] = InRegister;
                _values[entry] = _slots[entry];
            }
        }

        TakeNear(count);
        if (index >= 0)
        {
            Emit(Op.CallIndirect, index, 0, type);
        }

        int narrow = 0, wide = 0;
        for (var i = 0; i < types.ResultCount(type); i++)
        {
            if (TypeList.IsWide(types.Result(type, i)))
            {
                wide++;
            }
            else
            {
                narrow++;
            }
        }

        // One result may be far.
        var single = narrow + wide == 1;
        narrow = narrow == 0 ? 0 : single && Slot(_narrow) >= Near ? ForA : Slot(_narrow + narrow - 1) >= Near ? Near : _narrow;
        wide = wide == 0 ? 0 : single && Slot(_wide) >= Near ? ForA : Slot(_wide + wide - 1) >= Near ? Near : _wide;
        if (!single && (narrow == Near || wide == Near))
        {
            throw _reader.Beyond("of registers for several results");
        }

        _last = -1;
        var row = _dead ? 0 : AddRow(index < 0 ? Op.Call : Op.Data, narrow, wide, function);
        if (!_dead)
        {
            EmitArguments(count, false);
            EmitArguments(count, true);
        }

        for (var i = 0; i < types.ResultCount(type); i++)
        {
            Push(types.Result(type, i));
        }

        if (!single || _dead)
        {
            return;
        }

        if (narrow == ForA || wide == ForA)
        {
            AddRow(wide == ForA ? Op.FarSetWide : Op.FarSet, ForA, 0, _slots[_height - 1]);
            return;
        }

        _last = row;
        _lastInB = TypeList.IsWide(types.Result(type, 0));
    }

    // Arguments that the rows of a call cannot name go to registers that are kept free.
    private void TakeNear(int count)
    {
        int narrow = ForArguments, wide = ForArguments;
        for (var i = _height; i < _height + count && !_dead; i++)
        {
            if (_values[i] >= Near)
            {
                var isWide = TypeList.IsWide(_types[i]);
                _values[i] = NearOf(_values[i], isWide, isWide ? wide++ : narrow++);
            }
        }
    }

    // Rows with three registers each, of the popped operands that are wide or are not.
    private void EmitArguments(int count, bool wide)
    {
        int a = 0, b = 0, number = 0;
        for (var i = 0; i < count; i++)
        {
            if (TypeList.IsWide(_types[_height + i]) != wide)
            {
                continue;
            }

            var register = _values[_height + i];
            switch (number++ % 3)
            {
                case 0:
                    a = register;
                    b = 0;
                    break;
                case 1:
                    b = register;
                    break;
                default:
                    AddRow(Op.Data, a, b, register);
                    break;
            }
        }

        if (number % 3 != 0)
        {
            AddRow(Op.Data, a, b, 0);
        }
    }

    private void Select(int type)
    {
        var condition = Register(Pop(I32));
        var second = Pop(type);
        int secondType = _types[second];
        var right = Register(second);
        var first = Pop(type);
        int firstType = _types[first];
        var left = Register(first);
        if (firstType != secondType && firstType != 0 && secondType != 0)
        {
            throw _reader.Invalid("type mismatch");
        }

        var result = firstType != 0 ? firstType : secondType;
        var wide = TypeList.IsWide(result);
        condition = NearOf(condition, false, ForArguments);
        left = NearOf(left, wide, ForArguments + 1);
        var to = Push(result);
        _last = -1;
        if (_dead)
        {
            return;
        }

        var row = AddRow(wide ? Op.SelectWide : Op.Select, to < Near ? to : ForA, left, right);
        AddRow(Op.Data, condition, 0, 0);
        if (to >= Near)
        {
            AddRow(wide ? Op.FarSetWide : Op.FarSet, ForA, 0, to);
            return;
        }

        _last = row;
        _lastInB = false;
    }

    // Makes the popped operand the condition of the next jump.
    private void TakeCondition(int entry)
    {
        _compare = -1;
        if (IsLastResult(entry) && !_lastInB)
        {
            int op = _code.Op[_last];
            var full = op >= Op.Compare && op <= Op.Compare + 9;
            var right = _code.C[_last];
            var fits = full ? right < Near : op >= Op.CompareShort && op <= Op.CompareShort + 9 && right == (sbyte)right;

            // A far register was fetched to one that may be needed before the jump.
            if (fits && _code.B[_last] < Near)
            {
                _compareShort = !full;
                _compare = op - (full ? Op.Compare : Op.CompareShort);
                _left = _code.B[_last];
                _right = right;
                RemoveLast();
                return;
            }
        }

        _left = _dead ? 0 : Register(entry);
    }

    private int EmitConditional(bool whenTrue)
    {
        if (_compare < 0)
        {
            return Emit(whenTrue ? Op.BrNotZero : Op.BrZero, _left, 0, 0);
        }

        var compare = whenTrue ? _compare : Inverse(_compare);
        if (_compareShort && _right == 0 && compare < 2)
        {
            return Emit(compare == 0 ? Op.BrZero : Op.BrNotZero, _left, 0, 0);
        }

        _last = -1;
        return AddRow((_compareShort ? Op.BrCompareShort : Op.BrCompare) + compare, _left, _right, 0);
    }

    // eq ne, lt ge, gt le.
    private static int Inverse(int compare) => compare < 2 ? compare ^ 1 : compare < 4 ? compare + 6 : compare < 6 ? compare + 2 : compare < 8 ? compare - 2 : compare - 6;
}
