namespace PicoKubelet.Wasm;


/// <content>Numeric instructions and those of the memory.</content>
internal sealed partial class Translator
{
    // From 0xA7 on: what a conversion takes and gives. i I32, I I64, f F32, F F64.
    private const string ConversionsFrom = "IffFFiiffFFiiIIFiiIIffFiIiiIII";
    private const string ConversionsTo = "iiiiiIIIIIIfffffFFFFFiIfFiiIII";

    private static int TypeOf(char letter) => letter == 'i' ? I32 : letter == 'I' ? I64 : letter == 'f' ? F32 : F64;

    private void Numeric(int op)
    {
        if (op == 0x45)
        {
            EqualsZero();
        }
        else if (op <= 0x4F)
        {
            Compare(op - Op.Compare);
        }
        else if (op == 0x50)
        {
            Unary(op, I64, I32);
        }
        else if (op <= 0x66)
        {
            Binary(op, op <= 0x5A ? I64 : op <= 0x60 ? F32 : F64, I32);
        }
        else if (op <= 0x69)
        {
            Unary(op, I32, I32);
        }
        else if (op <= 0x78)
        {
            Binary32(op);
        }
        else if (op <= 0x8A)
        {
            Operate(op, op <= 0x7B, I64);
        }
        else if (op <= 0x98)
        {
            Operate(op, op <= 0x91, F32);
        }
        else if (op <= 0xA6)
        {
            Operate(op, op <= 0x9F, F64);
        }
        else
        {
            Convert(op, TypeOf(ConversionsFrom[op - 0xA7]), TypeOf(ConversionsTo[op - 0xA7]));
        }
    }

    private void Operate(int op, bool unary, int type)
    {
        if (unary)
        {
            Unary(op, type, type);
        }
        else
        {
            Binary(op, type, type);
        }
    }

    private void Unary(int op, int from, int to)
    {
        var register = Register(Pop(from));
        EmitResult(op, Push(to), register, 0);
    }

    private void Binary(int op, int from, int to)
    {
        var second = Register(Pop(from));
        var first = Register(Pop(from));
        EmitResult(op, Push(to), first, second);
    }

    // Bits that are taken for another type stay where they are.
    private void Convert(int op, int from, int to)
    {
        if (op < 0xBC || op > 0xBF)
        {
            Unary(op, from, to);
            return;
        }

        var entry = Pop(from);
        var kind = _kinds[entry];
        var value = _values[entry];
        var last = _last;
        if (kind == IsConstant)
        {
            value = Register(entry);
            kind = InRegister;
            last = -1;
        }

        Push(to);
        _kinds[_height - 1] = kind;
        if (kind == IsLocal)
        {
            _values[_height - 1] = value;
            _aliases++;
        }

        _last = last;
    }

    // Of a comparison: the opposite one.
    private void EqualsZero()
    {
        var entry = Pop(I32);
        if (IsLastResult(entry) && !_lastInB)
        {
            int op = _code.Op[_last];
            var first = op >= Op.Compare && op <= Op.Compare + 9 ? Op.Compare
                : op >= 0x51 && op <= 0x5A ? 0x51
                : op >= Op.CompareShort && op <= Op.CompareShort + 9 ? Op.CompareShort : -1;
            if (first >= 0)
            {
                _code.Op[_last] = (byte)(first + Inverse(op - first));
                var row = _last;
                Push(I32);
                _last = row;
                return;
            }
        }

        var register = Register(entry);
        EmitResult(Op.CompareShort, Push(I32), register, 0);
    }

    private void Compare(int compare)
    {
        var second = Pop(I32);
        var first = Pop(I32);
        if (IsShort(second))
        {
            var register = Register(first);
            EmitResult(Op.CompareShort + compare, Push(I32), register, _values[second]);
        }
        else if (IsShort(first))
        {
            var constant = _values[first];
            var register = Register(second);
            EmitResult(Op.CompareShort + Swapped(compare), Push(I32), register, constant);
        }
        else
        {
            var right = Register(second);
            var left = Register(first);
            EmitResult(Op.Compare + compare, Push(I32), left, right);
        }
    }

    // lt gt, le ge.
    private static int Swapped(int compare) => compare < 2 ? compare : compare < 4 || compare == 6 || compare == 7 ? compare + 2 : compare - 2;

    private void Binary32(int op)
    {
        var second = Pop(I32);
        var first = Pop(I32);
        var commutes = op == 0x6A || op == 0x6C || (op >= 0x71 && op <= 0x73);
        if (commutes && IsShort(first))
        {
            var swap = first;
            first = second;
            second = swap;
        }

        var shortOp = ShortOp(op);
        if (shortOp != 0 && IsShort(second) && !(op == 0x6B && _values[second] == short.MinValue))
        {
            var constant = op == 0x6B ? -_values[second] : _values[second];
            var register = Register(first);
            EmitResult(shortOp, Push(I32), register, constant);
            return;
        }

        if (op >= 0x77 && IsShort(second))
        {
            var count = (op == 0x77 ? _values[second] : -_values[second]) & 31;
            var register = Register(first);
            EmitResult(Op.RotlShort, Push(I32), register, count);
            return;
        }

        // A product that is added to the operand below it.
        if (op == Op.Add && IsLastResult(second) && _code.Op[_last] == Op.Mul && _kinds[first] == InRegister && _slots[first] < Near)
        {
            _code.Op[_last] = Op.MulAdd;
            _code.A[_last] = (byte)Push(I32);
            _last = -1;
            return;
        }

        var right = Register(second);
        var left = Register(first);
        EmitResult(op, Push(I32), left, right);
    }

    private static int ShortOp(int op) => op switch
    {
        0x6A or 0x6B => Op.AddShort,
        0x6C => Op.MulShort,
        0x71 => Op.AndShort,
        0x72 => Op.OrShort,
        0x73 => Op.XorShort,
        0x74 => Op.ShlShort,
        0x75 => Op.ShrSShort,
        0x76 => Op.ShrUShort,
        _ => 0,
    };

    private void Memory(int op)
    {
        if (!_module.HasMemory)
        {
            throw _reader.Invalid("unknown memory");
        }

        if (op >= 0x3F)
        {
            ZeroByte();
            if (op == 0x3F)
            {
                EmitResult(Op.MemorySize, Push(I32), 0, 0);
            }
            else
            {
                Unary(Op.MemoryGrow, I32, I32);
            }

            return;
        }

        var align = _reader.U32();
        if ((uint)align >= 32)
        {
            throw align >= 64 && align < 128 ? _reader.Unsupported("multi-memory") : _reader.Malformed("malformed memop flags");
        }

        var offset = _reader.U32();
        if (align > NaturalAlignment(op))
        {
            throw _reader.Invalid("alignment must not be larger than natural");
        }

        if (op < Op.Store32)
        {
            var type = op == 0x28 || (op >= 0x2C && op <= 0x2F) ? I32 : op == 0x2A ? F32 : op == 0x2B ? F64 : I64;
            EmitLoad(op == 0x2A ? Op.Load32 : op == 0x2B ? Op.Load64 : op, type, Pop(I32), offset);
        }
        else
        {
            var type = op == 0x36 || op == 0x3A || op == 0x3B ? I32 : op == 0x38 ? F32 : op == 0x39 ? F64 : I64;
            var value = Pop(type);
            var address = Pop(I32);
            op = op == 0x38 ? Op.Store32 : op == 0x39 ? Op.Store64 : op;
            if (_kinds[value] == IsLocal && offset == 0 && TakeSum(address))
            {
                Emit(op, _values[value], _left, _right);
                return;
            }

            var from = Register(value);
            var register = Address(address, ref op, ref offset);
            Emit(op, from, register, offset);
        }
    }

    private void EmitLoad(int op, int type, int address, int offset)
    {
        if (offset == 0 && TakeSum(address))
        {
            if (op == Op.Load32 && TakeIndex(address))
            {
                op = Op.LoadIndexed;
            }

            EmitResult(op, Push(type), _left, _right);
            return;
        }

        var register = Address(address, ref op, ref offset);
        EmitResult(op, Push(type), register, offset);
    }

    // An address that was the sum of a register and a constant, in the last row: they go to the load or store instead.
    private bool TakeSum(int entry)
    {
        if (!IsLastResult(entry) || _code.Op[_last] != Op.AddShort || _code.B[_last] >= Near)
        {
            return false;
        }

        _left = _code.B[_last];
        _right = _code.C[_last];
        RemoveLast();
        return true;
    }

    // The register of that sum was an index times 4, in the row before.
    private bool TakeIndex(int entry)
    {
        var row = _code.Count - 1;
        if (_left != _slots[entry] || row < _label || _code.Op[row] != Op.ShlShort || _code.A[row] != _left || _code.C[row] != 2 || _code.B[row] >= Near)
        {
            return false;
        }

        _left = _code.B[row];
        RemoveLast();
        return true;
    }

    // The address' register. An offset has instructions of its own; where there are none, or the row has no room for the
    // offset, it is added before.
    private int Address(int entry, ref int op, ref int offset)
    {
        var register = Register(entry);
        if (offset == 0)
        {
            return register;
        }

        var checks = op <= 0x29 ? op - 0x28 : op >= 0x2C && op <= 0x2F ? op - 0x2A : op == 0x36 || op == 0x37 ? op - 0x30 : op == 0x3A || op == 0x3B ? op - 0x32 : -1;
        if (checks >= 0 && offset > 0 && offset <= short.MaxValue)
        {
            op = Op.WithOffset + checks;
            return register;
        }

        int to = _slots[entry] < Near ? _slots[entry] : ForArguments + 1;
        register = NearOf(register, false, ForArguments);
        _last = -1;
        if (!_dead)
        {
            AddRow(Op.Address, to, register, offset);
            AddRow(Op.Data, 0, 0, offset >> 16);
        }

        offset = 0;
        return to;
    }

    private static int NaturalAlignment(int op)
    {
        switch (op)
        {
            case 0x29:
            case 0x2B:
            case 0x37:
            case 0x39:
                return 3;
            case 0x28:
            case 0x2A:
            case 0x34:
            case 0x35:
            case 0x36:
            case 0x38:
            case 0x3E:
                return 2;
            case 0x2E:
            case 0x2F:
            case 0x32:
            case 0x33:
            case 0x3B:
            case 0x3D:
                return 1;
            default:
                return 0;
        }
    }

    private void ZeroByte()
    {
        var index = _reader.Byte();
        if (index != 0)
        {
            throw _reader.Malformed("zero byte expected");
        }
    }

    private void Prefixed(int op)
    {
        if (op >= 0 && op < 8)
        {
            Unary(Op.TruncSaturated + op, (op & 2) == 0 ? F32 : F64, op < 4 ? I32 : I64);
            return;
        }

        var index = 0;
        switch (op)
        {
            case 8:
                index = DataIndex();
                NeedMemory();
                ZeroByte();
                break;
            case 9:
                index = DataIndex();
                break;
            case 10:
                NeedMemory();
                ZeroByte();
                ZeroByte();
                break;
            case 11:
                NeedMemory();
                ZeroByte();
                break;
            case 12:
                index = ElementIndex();
                NeedTable();
                break;
            case 13:
                index = ElementIndex();
                break;
            case 14:
                NeedTable();
                NeedTable();
                break;
            default:
                throw op >= 15 && op <= 17 ? _reader.Unsupported("reference types (instructions)") : _reader.Malformed("illegal opcode");
        }

        int a = 0, b = 0, c = 0;
        if (op != 9 && op != 13)
        {
            c = Register(Pop(I32));
            b = Register(Pop(I32));
            a = Register(Pop(I32));
        }

        Emit(Op.Bulk, a, b, c);
        Emit(Op.Data, op, 0, index);
    }

    private void NeedMemory()
    {
        if (!_module.HasMemory)
        {
            throw _reader.Invalid("unknown memory 0");
        }
    }

    private void NeedTable()
    {
        if (_reader.U32() != 0 || !_module.HasTable)
        {
            throw _reader.Invalid("unknown table 0");
        }
    }

    private int DataIndex()
    {
        var index = _reader.U32();
        if (DataCount < 0)
        {
            throw _reader.Malformed("data count section required");
        }

        if ((uint)index >= (uint)DataCount)
        {
            throw _reader.Invalid("unknown data segment");
        }

        return index;
    }

    private int ElementIndex()
    {
        var index = _reader.U32();
        if ((uint)index >= (uint)_module.Elements.Length)
        {
            throw _reader.Invalid("unknown elem segment");
        }

        return index;
    }
}
