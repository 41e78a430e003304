using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// Validates the code of one function after the other and translates it to rows of register code. Operands of the
/// stack that are locals or constants are not moved but named where they are used.
/// </summary>
internal sealed partial class Translator
{
    private const int MostRows = 32767;
    private const int I32 = 0x7F;
    private const int I64 = 0x7E;
    private const int F32 = 0x7D;
    private const int F64 = 0x7C;

    private readonly WasmReader _reader;
    private readonly WasmModule _module;
    private readonly WasmLimits _limits;
    private readonly CodeBuffer _code;

    private byte[] _localTypes = new byte[16];
    private short[] _localRegisters = new short[16];
    private int _localCount;
    private int _function;
    private int _type;
    private int _header;
    private int _argumentRows;

    // The first narrow register that is not a local's.
    private int _firstOperand;

    // The offset that the rows so far tell.
    private int _told;

    // Nothing is emitted: what follows a jump is never executed.
    private bool _dead;

    // The last row, where its result may still go elsewhere; or -1. The result of a call is in b where it is wide.
    private int _last = -1;
    private bool _lastInB;

    // The row that a jump may lead to last: what lies before it is not to be touched.
    private int _label;

    public Translator(WasmReader reader, WasmModule module, WasmLimits limits, CodeBuffer code)
    {
        _reader = reader;
        _module = module;
        _limits = limits;
        _code = code;
    }

    /// <summary>Whether a data count section came, which some instructions need.</summary>
    public int DataCount { get; set; } = -1;

    /// <summary>Begins a function: its locals.</summary>
    public void Begin(int function)
    {
        _function = function;
        _type = _module.FunctionTypes[function];
        _header = _code.Count;
        _module.Entries[function] = _header;
        _module.BodyOffsets[function - _module.ImportedFunctions] = _reader.Position;
        _told = _reader.Position;
        _localCount = 0;
        _narrow = 0;
        _wide = 0;
        _height = 0;
        _aliases = 0;
        _dead = false;
        _label = _code.Count;
        var types = _module.Types;
        for (var i = 0; i < types.ParameterCount(_type); i++)
        {
            AddLocal(types.Parameter(_type, i));
        }

        _argumentRows = (_narrow + 2) / 3 + (_wide + 2) / 3;
        _code.Add(Op.Data, _narrow, _wide, 0, 0);
        ReadLocals();
        _firstOperand = _narrow;
        _mostNarrow = _narrow;
        _mostWide = _wide;
        _code.Add(Op.Data, 0, 0, 0, 0);
        _code.Add(Op.Data, 0, 0, Slot(_narrow), 0);
        _code.Add(Op.Data, 0, 0, Slot(_wide), 0);
        _blockDepth = -1;
        PushBlock(Block.Function, _type);
    }

    /// <summary>Translates the next instruction.</summary>
    /// <returns>True at the function's end.</returns>
    public bool Next()
    {
        if (_code.Count - _header > MostRows - 64)
        {
            throw _reader.Beyond("of 32,767 translated instructions for a function");
        }

        var op = _reader.Byte();
        if (op >= 0x45 && op <= 0xC4)
        {
            Numeric(op);
        }
        else if (op >= 0x28 && op <= 0x40)
        {
            Memory(op);
        }
        else if (op >= 0x20 && op <= 0x24)
        {
            Variable(op);
        }
        else if (op >= 0x41 && op <= 0x44)
        {
            Constant(op);
        }
        else if (op == 0xFC)
        {
            Prefixed(_reader.U32());
        }
        else
        {
            Control(op);
        }

        if (_blockDepth >= 0)
        {
            return false;
        }

        Finish();
        return true;
    }

    private void ReadLocals()
    {
        long sum = _localCount;
        for (var groups = _reader.U32(); groups != 0; groups--)
        {
            var count = _reader.U32();
            var type = ValueType(_reader.Byte());
            sum += (uint)count;
            if (sum > uint.MaxValue)
            {
                throw _reader.Malformed("too many locals");
            }

            if (sum > _limits.Locals || sum > 10000)
            {
                throw _reader.Beyond("Locals");
            }

            for (; count > 0; count--)
            {
                AddLocal(type);
            }
        }
    }

    private void AddLocal(int type)
    {
        if (_localCount == _localTypes.Length)
        {
            var types = new byte[_localCount * 2];
            var registers = new short[_localCount * 2];
            Array.Copy(_localTypes, types, _localCount);
            Array.Copy(_localRegisters, registers, _localCount);
            _localTypes = types;
            _localRegisters = registers;
        }

        _localTypes[_localCount] = (byte)type;
        _localRegisters[_localCount++] = (short)Slot(TypeList.IsWide(type) ? _wide++ : _narrow++);
    }

    // The sizes of the frame go to the first two rows of the function, and what a call of it costs to the second.
    private void Finish()
    {
        var rows = _code.Count - _header;
        if (rows > MostRows)
        {
            throw _reader.Beyond("of 32,767 translated instructions for a function");
        }

        _code.C[_header] = (short)(Slot(_mostNarrow) + 3);
        _code.C[_header + 1] = (short)(_mostWide == 0 ? 0 : Slot(_mostWide) + 3);
        _code.Op[_header + 1] = (byte)(rows / 8 > 250 ? 255 : rows / 8 + 2);
    }

    /// <summary>The type of a value; what is not of the features here is refused by its name.</summary>
    public int ValueType(int type)
    {
        if (type >= F64 && type <= I32)
        {
            return type;
        }

        throw type switch
        {
            0x7B => _reader.Unsupported("SIMD"),
            0x70 or 0x6F => _reader.Unsupported("reference types (values of a reference type)"),
            >= 0x63 and <= 0x6E => _reader.Unsupported("GC"),
            _ => _reader.Malformed("malformed value type"),
        };
    }

    private int Emit(int op, int a, int b, int c)
    {
        _last = -1;
        if (_dead)
        {
            return _code.Count;
        }

        return a < Near && b < Near ? AddRow(op, a, b, c) : EmitFar(op, a, b, c);
    }

    private int AddRow(int op, int a, int b, int c)
    {
        var delta = _reader.Position - _told;
        if (delta > CodeBuffer.MostDelta)
        {
            delta = CodeBuffer.MostDelta;
        }

        _told += delta;
        return _code.Add(op, a, b, c, delta);
    }

    // A row whose result, in a, may go to a local instead.
    private void EmitResult(int op, int a, int b, int c)
    {
        var row = Emit(op, a, b, c);
        if (!_dead)
        {
            _last = row;
            _lastInB = false;
        }
    }

    private void RemoveLast()
    {
        _told -= _code.Remove();
        _last = -1;
    }
}
