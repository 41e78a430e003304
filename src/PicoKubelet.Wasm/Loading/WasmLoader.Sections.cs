using System;

namespace PicoKubelet.Wasm;


/// <content>The sections' items.</content>
public sealed partial class WasmLoader
{
    private CodeBuffer _code;
    private Translator _translator;
    private bool _inBody;
    private int _bodies;

    // What is there before any section says otherwise.
    private void Prepare()
    {
        _module.Types = new TypeList(0);
        _module.ImportNames = new string[0];
        _module.ImportKinds = new byte[0];
        _module.ImportTypes = new short[0];
        _module.ExportNames = new string[0];
        _module.ExportKinds = new byte[0];
        _module.ExportIndices = new short[0];
        _module.GlobalTypes = new byte[0];
        _module.GlobalValues = new long[0];
        _module.GlobalFromGlobal = new bool[0];
        _module.Elements = new Segment[0];
        _module.DataSegments = new Segment[0];
        SetFunctions(0);
        _code = new CodeBuffer(_limits.KeepOffsets);
        _translator = new Translator(_reader, _module, _limits, _code);
    }

    private void BeginVector()
    {
        var most = _section == 3 || _section == 10 ? _limits.Functions : _limits.Items;
        _left = _reader.Count(most < 32767 ? most : 32767, _section == 3 || _section == 10 ? "Functions" : "Items");
        switch (_section)
        {
            case 1:
                _module.Types = new TypeList(_left);
                break;
            case 2:
                _module.ImportNames = NameTable.Make(_left * 2);
                _module.ImportKinds = new byte[_left];
                _module.ImportTypes = new short[_left];
                break;
            case 3:
                if (_left > _limits.Functions - _module.ImportedFunctions)
                {
                    throw _reader.Beyond("Functions");
                }

                SetFunctions(_left);
                break;
            case 4:
                OneTable(_left);
                break;
            case 5:
                OneMemory(_left);
                break;
            case 6:
                SetGlobals(_left);
                break;
            case 7:
                _module.ExportNames = NameTable.Make(_left);
                _module.ExportKinds = new byte[_left];
                _module.ExportIndices = new short[_left];
                break;
            case 9:
                _module.Elements = new Segment[_left];
                break;
            case 10:
                if (_left != _module.FunctionTypes.Length - _module.ImportedFunctions)
                {
                    throw _reader.Malformed("function and code section have inconsistent lengths");
                }

                _module.CodeSectionBytes = _end - _reader.Position;
                var rows = _module.CodeSectionBytes / 5 + 8;
                _code.Resize(rows > 4096 ? 4096 : rows);
                break;
            case 11:
                _module.DataSegments = new Segment[_left];
                break;
        }
    }

    private void OneTable(int count)
    {
        if (count > 1 || (count == 1 && _module.HasTable))
        {
            throw _reader.Unsupported("reference types (several tables)");
        }
    }

    private void OneMemory(int count)
    {
        if (count > 1 || (count == 1 && _module.HasMemory))
        {
            throw _reader.Invalid("multiple memories");
        }
    }

    // Room for the types of own functions behind those of imported ones.
    private void SetFunctions(int own)
    {
        var count = _module.ImportedFunctions + own;
        _module.FunctionTypes = new short[count];
        _module.Entries = new int[count];
        _module.BodyOffsets = new int[own];
        var function = 0;
        for (var i = 0; i < _module.ImportKinds.Length; i++)
        {
            if (_module.ImportKinds[i] == (byte)WasmExternalKind.Function)
            {
                _module.FunctionTypes[function] = _module.ImportTypes[i];
                _module.Entries[function] = ~function;
                function++;
            }
        }
    }

    private void SetGlobals(int own)
    {
        var imported = _module.ImportedGlobals;
        var types = new byte[imported + own];
        Array.Copy(_module.GlobalTypes, types, imported);
        _module.GlobalTypes = types;
        _module.GlobalValues = new long[own];
        _module.GlobalFromGlobal = new bool[own];
    }

    private void TypeItem()
    {
        var form = _reader.Byte();
        if (form != 0x60)
        {
            throw form >= 0x4E && form <= 0x5F ? _reader.Unsupported("GC") : _reader.Malformed("integer representation too long");
        }

        var parameters = ValueTypes();
        var results = ValueTypes();
        var type = new byte[2 + parameters.Length + results.Length];
        type[0] = (byte)parameters.Length;
        type[1] = (byte)results.Length;
        Array.Copy(parameters, 0, type, 2, parameters.Length);
        Array.Copy(results, 0, type, 2 + parameters.Length, results.Length);
        _module.Types.Add(type);
    }

    private byte[] ValueTypes()
    {
        var count = _reader.Count(200, "of 200 parameters and 200 results");
        var types = new byte[count];
        for (var i = 0; i < count; i++)
        {
            types[i] = (byte)_translator.ValueType(_reader.Byte());
        }

        return types;
    }

    private int TypeIndex()
    {
        var index = _reader.U32();
        if ((uint)index >= (uint)_module.Types.Count)
        {
            throw _reader.Invalid("unknown type");
        }

        return index;
    }

    private void ImportItem()
    {
        var module = _reader.Name();
        for (var i = 0; i < _next; i++)
        {
            // Most imports are of one module: its name is kept once.
            if (_module.ImportNames[i * 2] == module)
            {
                module = _module.ImportNames[i * 2];
                break;
            }
        }

        _module.ImportNames[_next * 2] = module;
        _module.ImportNames[_next * 2 + 1] = _reader.Name();
        var kind = _reader.Byte();
        if (kind > 3)
        {
            throw kind == 4 ? _reader.Unsupported("exceptions") : _reader.Malformed("malformed import kind");
        }

        _module.ImportKinds[_next] = (byte)kind;
        switch (kind)
        {
            case 0:
                if (_module.ImportedFunctions == _limits.Functions)
                {
                    throw _reader.Beyond("Functions");
                }

                _module.ImportTypes[_next] = (short)_module.Types.Canonical(TypeIndex());
                _module.ImportedFunctions++;
                break;
            case 1:
                OneTable(1);
                _module.HasTable = _module.TableImported = true;
                ReadTable();
                break;
            case 2:
                OneMemory(1);
                _module.HasMemory = _module.MemoryImported = true;
                ReadMemory();
                break;
            default:
                var type = GlobalType();
                _module.ImportTypes[_next] = (short)type;
                SetGlobals(1);
                _module.GlobalTypes[_module.ImportedGlobals++] = (byte)type;
                SetGlobals(0);
                break;
        }

        if (_left == 1)
        {
            SetFunctions(0);
        }
    }

    private int GlobalType()
    {
        var type = _translator.ValueType(_reader.Byte());
        var mutable = _reader.Byte();
        if (mutable > 1)
        {
            throw _reader.Malformed("malformed mutability");
        }

        return mutable == 0 ? type : type | 0x80;
    }

    // Minimum and maximum; -1 without a maximum, as unsigned numbers.
    private int Limits(out bool hasMaximum, out int maximum)
    {
        var flags = _reader.Byte();
        if (flags > 1)
        {
            throw flags == 2 || flags == 3 ? _reader.Unsupported("threads (shared memory)")
                : flags <= 7 ? _reader.Unsupported("memory64") : _reader.Malformed("malformed limits flags");
        }

        var minimum = _reader.U32();
        hasMaximum = flags == 1;
        maximum = hasMaximum ? _reader.U32() : -1;
        if (hasMaximum && (uint)maximum < (uint)minimum)
        {
            throw _reader.Invalid("size minimum must not be greater than maximum");
        }

        return minimum;
    }

    private void ReadTable()
    {
        var type = _reader.Byte();
        if (type != 0x70)
        {
            throw type == 0x6F ? _reader.Unsupported("reference types (externref)")
                : type == 0x40 || (type >= 0x63 && type <= 0x6E) ? _reader.Unsupported("GC") : _reader.Malformed("malformed reference type");
        }

        var elements = Limits(out var bounded, out var maximum);
        if (elements < 0 || (elements > _limits.TableElements && !_module.TableImported))
        {
            throw _reader.Beyond("TableElements");
        }

        _module.TableElements = elements;
        _module.TableMaximum = bounded ? maximum < 0 ? int.MaxValue : maximum : -1;
    }

    private void ReadMemory()
    {
        var pages = Limits(out var bounded, out var maximum);
        if ((uint)pages > 65536 || (bounded && (uint)maximum > 65536))
        {
            throw _reader.Invalid("memory size must be at most 65536 pages (4GiB)");
        }

        _module.MemoryPages = pages;
        _module.MemoryMaximum = bounded ? maximum : -1;
    }

    private void GlobalItem()
    {
        var type = GlobalType();
        _module.GlobalTypes[_module.ImportedGlobals + _next] = (byte)type;
        _module.GlobalValues[_next] = ConstantExpression(type & 0x7F, out _module.GlobalFromGlobal[_next]);
    }

    private void ExportItem()
    {
        var name = _reader.Name();
        for (var i = 0; i < _next; i++)
        {
            if (_module.ExportNames[i] == name)
            {
                throw _reader.Invalid("duplicate export name");
            }
        }

        var kind = _reader.Byte();
        var index = _reader.U32();
        if (kind > 3)
        {
            throw kind == 4 ? _reader.Unsupported("exceptions") : _reader.Malformed("malformed export kind");
        }

        var count = kind == 0 ? _module.FunctionTypes.Length : kind == 1 ? (_module.HasTable ? 1 : 0)
            : kind == 2 ? (_module.HasMemory ? 1 : 0) : _module.GlobalTypes.Length;
        if ((uint)index >= (uint)count)
        {
            throw _reader.Invalid(kind == 0 ? "unknown function" : kind == 1 ? "unknown table" : kind == 2 ? "unknown memory" : "unknown global");
        }

        _module.ExportNames[_next] = name;
        _module.ExportKinds[_next] = (byte)kind;
        _module.ExportIndices[_next] = (short)index;
    }

    private int FunctionIndex()
    {
        var index = _reader.U32();
        if ((uint)index >= (uint)_module.FunctionTypes.Length)
        {
            throw _reader.Invalid("unknown function");
        }

        return index;
    }

    private void StartItem()
    {
        var function = FunctionIndex();
        if (_module.ParameterCount(function) + _module.ResultCount(function) != 0)
        {
            throw _reader.Invalid("start function");
        }

        _module.StartFunction = function;
    }

    // A body, an instruction at a time; true at its end.
    private bool CodeItem()
    {
        if (!_inBody)
        {
            var size = _reader.U32();
            if (size < 0 || size > _end - _reader.Position)
            {
                throw _reader.Malformed("unexpected end of section or function");
            }

            _reader.Limit = _reader.Position + size;
            _translator.Begin(_module.ImportedFunctions + _next);
            _inBody = true;
            return false;
        }

        if (!_translator.Next())
        {
            return false;
        }

        if (_reader.Position != _reader.Limit)
        {
            throw _reader.Malformed("section size mismatch");
        }

        _reader.Limit = _end;
        _inBody = false;
        _bodies++;
        return true;
    }
}
