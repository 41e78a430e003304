namespace PicoKubelet.Wasm;


/// <content>Constant expressions and segments.</content>
public sealed partial class WasmLoader
{
    // The value's bits, or the index of the imported constant that has it.
    private long ConstantExpression(int type, out bool isGlobal)
    {
        long value = 0;
        var found = 0;
        isGlobal = false;
        for (var count = 0; ; count++)
        {
            var op = _reader.Byte();
            switch (op)
            {
                case 0x0B:
                    if (count != 1 || found != type)
                    {
                        throw _reader.Invalid("type mismatch");
                    }

                    return value;
                case 0x41:
                    value = _reader.S32();
                    found = (int)WasmType.I32;
                    break;
                case 0x42:
                    value = _reader.S64();
                    found = (int)WasmType.I64;
                    break;
                case 0x43:
                    value = _reader.Fixed32();
                    found = (int)WasmType.F32;
                    break;
                case 0x44:
                    value = _reader.Fixed64();
                    found = (int)WasmType.F64;
                    break;
                case 0x23:
                    value = GlobalIndex();
                    found = _module.GlobalTypes[(int)value] & 0x7F;
                    isGlobal = true;
                    break;
                default:
                    throw (op >= 0x6A && op <= 0x6C) || (op >= 0x7C && op <= 0x7E) ? _reader.Unsupported("extended constant expressions")
                        : op == 0xFD ? _reader.Unsupported("SIMD") : _reader.Invalid("constant expression required");
            }
        }
    }

    private int GlobalIndex()
    {
        var index = _reader.U32();
        if ((uint)index >= (uint)_module.ImportedGlobals)
        {
            throw _reader.Invalid("unknown global");
        }

        if ((_module.GlobalTypes[index] & 0x80) != 0)
        {
            throw _reader.Invalid("constant expression required");
        }

        return index;
    }

    private void ElementItem()
    {
        var flags = _reader.U32();
        if ((uint)flags > 7)
        {
            throw _reader.Malformed("malformed elements segment kind");
        }

        var segment = new Segment();
        segment.Mode = (flags & 1) == 0 ? Segment.Active : (flags & 2) == 0 ? Segment.Passive : Segment.Declared;
        if (segment.Mode == Segment.Active)
        {
            var table = (flags & 2) == 0 ? 0 : _reader.U32();
            if (table != 0 || !_module.HasTable)
            {
                throw _reader.Invalid("unknown table");
            }

            segment.Offset = (int)ConstantExpression((int)WasmType.I32, out segment.OffsetIsGlobal);
        }

        if ((flags & 3) != 0)
        {
            ElementKind((flags & 4) == 0 ? 0 : (int)WasmType.FuncRef);
        }

        var functions = new short[_reader.Count(_limits.TableElements, "TableElements")];
        for (var i = 0; i < functions.Length; i++)
        {
            functions[i] = (short)((flags & 4) == 0 ? FunctionIndex() + 1 : ElementExpression());
        }

        segment.Functions = functions;
        _module.Elements[_next] = segment;
    }

    private void ElementKind(int expected)
    {
        var kind = _reader.Byte();
        if (kind != expected)
        {
            throw expected != 0 && kind == 0x6F ? _reader.Unsupported("reference types (externref)") : _reader.Malformed("malformed element kind");
        }
    }

    // ref.func or ref.null, then end.
    private int ElementExpression()
    {
        var element = 0;
        var op = _reader.Byte();
        if (op == 0xD2)
        {
            element = FunctionIndex() + 1;
        }
        else if (op == 0xD0)
        {
            ElementKind((int)WasmType.FuncRef);
        }
        else
        {
            throw op == 0x23 ? _reader.Unsupported("reference types (globals of a reference type)") : _reader.Invalid("constant expression required");
        }

        if (_reader.Byte() != 0x0B)
        {
            throw _reader.Invalid("constant expression required");
        }

        return element;
    }

    private void DataItem()
    {
        var flags = _reader.U32();
        if ((uint)flags > 2)
        {
            throw _reader.Malformed("malformed data segment kind");
        }

        var segment = new Segment();
        segment.Mode = flags == 1 ? Segment.Passive : Segment.Active;
        if (flags != 1)
        {
            var memory = flags == 2 ? _reader.U32() : 0;
            if (memory != 0 || !_module.HasMemory)
            {
                throw _reader.Invalid("unknown memory");
            }

            segment.Offset = (int)ConstantExpression((int)WasmType.I32, out segment.OffsetIsGlobal);
        }

        segment.Bytes = _reader.Bytes(_reader.U32());
        _module.DataSegments[_next] = segment;
    }
}
