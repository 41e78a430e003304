using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// Reads, validates and translates a module in slices: a caller's loop calls <see cref="Step"/> until it says true.
/// Nothing of the module's code is kept but its translation.
/// </summary>
public sealed partial class WasmLoader
{
    private readonly WasmReader _reader;
    private readonly WasmLimits _limits;
    private readonly WasmModule _module = new WasmModule();

    // The section that is read: its number, or -1 before the header and -2 between two; its end; the items that are left.
    private int _section = -1;
    private int _end;
    private int _left;
    private int _next;
    private int _rank;

    /// <summary>Begins to load.</summary>
    /// <param name="source">The module's bytes, read front to back once.</param>
    /// <param name="limits">What the module may have.</param>
    public WasmLoader(IWasmSource source, WasmLimits limits)
    {
        _reader = new WasmReader(source, limits.ModuleBytes);
        _limits = limits;
        Prepare();
    }

    /// <summary>The module once <see cref="Step"/> has returned true, before that null.</summary>
    public WasmModule Module { get; private set; }

    /// <summary>Reads on for about so many bytes.</summary>
    /// <returns>True when the module is loaded.</returns>
    /// <exception cref="WasmLoadException">The module is refused; the loader is of no more use.</exception>
    public bool Step(int bytes)
    {
        var from = _reader.Position;
        do
        {
            Advance();
        }
        while (Module == null && _reader.Position - from < bytes);

        return Module != null;
    }

    /// <summary>Loads a module in one go.</summary>
    /// <exception cref="WasmLoadException">The module is refused.</exception>
    public static WasmModule Load(byte[] bytes, WasmLimits limits)
    {
        var loader = new WasmLoader(new WasmBytes(bytes), limits);
        while (!loader.Step(int.MaxValue))
        {
        }

        return loader.Module;
    }

    private void Advance()
    {
        if (_section == -1)
        {
            Header();
            _section = -2;
        }
        else if (_section == -2)
        {
            _reader.Limit = int.MaxValue;
            if (_reader.AtEnd())
            {
                Complete();
            }
            else
            {
                BeginSection();
            }
        }
        else if (_left > 0)
        {
            Item();
        }
        else
        {
            if (_reader.Position != _end)
            {
                throw _reader.Malformed("section size mismatch");
            }

            _section = -2;
        }
    }

    private void Header()
    {
        if (_reader.Fixed32() != 0x6D736100)
        {
            throw _reader.Malformed("magic header not detected");
        }

        if (_reader.Fixed32() != 1)
        {
            throw _reader.Malformed("unknown binary version");
        }
    }

    // Not an array, which would take its bytes on a board that loads no module, too.
    private static string SectionName(int section)
    {
        return section switch
        {
            0 => "custom",
            1 => "type",
            2 => "import",
            3 => "function",
            4 => "table",
            5 => "memory",
            6 => "global",
            7 => "export",
            8 => "start",
            9 => "element",
            10 => "code",
            11 => "data",
            12 => "data count",
            _ => null,
        };
    }

    private void BeginSection()
    {
        _section = _reader.Byte();
        string name = SectionName(_section);
        _reader.Section = name ?? "section " + _section;
        if (name == null)
        {
            throw _section == 13 ? _reader.Unsupported("exceptions") : _reader.Malformed("malformed section id");
        }

        var size = _reader.U32();
        if (size < 0 || size > int.MaxValue - _reader.Position)
        {
            throw _reader.Malformed("length out of bounds");
        }

        _end = _reader.Position + size;
        _reader.Limit = _end;
        _left = 1;
        _next = 0;
        if (_section == 0)
        {
            return;
        }

        // The data count, number 12, comes between elements and code.
        var rank = _section <= 9 ? _section : _section == 12 ? 10 : _section + 1;
        if (rank <= _rank)
        {
            throw _reader.Malformed("unexpected content after last section");
        }

        _rank = rank;
        if (_section != 8 && _section != 12)
        {
            BeginVector();
        }
    }

    private void Item()
    {
        switch (_section)
        {
            case 0:
                CustomSection();
                break;
            case 1:
                TypeItem();
                break;
            case 2:
                ImportItem();
                break;
            case 3:
                _module.FunctionTypes[_module.ImportedFunctions + _next] = (short)_module.Types.Canonical(TypeIndex());
                break;
            case 4:
                _module.HasTable = true;
                ReadTable();
                break;
            case 5:
                _module.HasMemory = true;
                ReadMemory();
                break;
            case 6:
                GlobalItem();
                break;
            case 7:
                ExportItem();
                break;
            case 8:
                StartItem();
                break;
            case 9:
                ElementItem();
                break;
            case 10:
                if (!CodeItem())
                {
                    return;
                }

                break;
            case 11:
                DataItem();
                break;
            default:
                _translator.DataCount = _reader.Count(_limits.Items, "Items");
                break;
        }

        _left--;
        _next++;
    }

    // Function names are kept; whatever is wrong with them is not the module's fault.
    private void CustomSection()
    {
        var name = _reader.Name();
        if (name == "name" && _limits.NameBytes > 0 && _module.Names == null)
        {
            try
            {
                while (_reader.Position < _end)
                {
                    var id = _reader.Byte();
                    var size = _reader.U32();
                    if (id == 1 && size > 0 && size <= _limits.NameBytes)
                    {
                        _module.Names = _reader.Bytes(size);
                    }
                    else if (size >= 0 && size <= _end - _reader.Position)
                    {
                        _reader.SkipTo(_reader.Position + size);
                    }
                    else
                    {
                        break;
                    }
                }
            }
            catch (WasmLoadException e)
            {
                if (e.Error == WasmLoadError.Limit)
                {
                    throw;
                }
            }
        }

        _reader.SkipTo(_end);
    }

    private void Complete()
    {
        if (_bodies != _module.FunctionTypes.Length - _module.ImportedFunctions)
        {
            throw _reader.Malformed("function and code section have inconsistent lengths");
        }

        if (_translator.DataCount >= 0 && _translator.DataCount != _module.DataSegments.Length)
        {
            throw _reader.Malformed("data count and data section have inconsistent lengths");
        }

        _code.Resize(_code.Count);
        _module.OpCodes = _code.Op;
        _module.A = _code.A;
        _module.B = _code.B;
        _module.C = _code.C;
        _module.Offsets = _code.Offsets;
        Module = _module;
    }
}
