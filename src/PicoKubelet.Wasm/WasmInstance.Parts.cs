namespace PicoKubelet.Wasm;


/// <content>What an instance consists of, and how it comes together.</content>
public sealed partial class WasmInstance
{
    // By imported function: a WasmHostFunction, or a WasmFunction that is another instance's own.
    internal object[] Functions;
    internal WasmGlobal[] Globals;
    internal WasmTable Table;

    // Passive segments that were dropped; null while there are none.
    private bool[] _droppedData;
    private bool[] _droppedElements;

    private void Link(IWasmImports imports)
    {
        var module = Module;
        Functions = new object[module.ImportedFunctions];
        Globals = new WasmGlobal[module.GlobalTypes.Length];
        var function = 0;
        var global = 0;
        for (var i = 0; i < module.ImportCount; i++)
        {
            var found = imports?.Find(module.ImportModule(i), module.ImportName(i));
            switch (module.ImportKind(i))
            {
                case WasmExternalKind.Function:
                    Require(i, found, found is WasmHostFunction or WasmFunction && FunctionFits(module.Types[module.ImportTypes[i]], found));
                    Functions[function++] = found;
                    break;
                case WasmExternalKind.Table:
                    Table = found as WasmTable;
                    Require(i, found, Table != null && Fits(Table.Length, Table.Maximum, module.TableElements, module.TableMaximum));
                    break;
                case WasmExternalKind.Memory:
                    Memory = found as WasmMemory;
                    Require(i, found, Memory != null && Fits(Memory.Pages, Memory.Maximum, module.MemoryPages, module.MemoryMaximum));
                    break;
                default:
                    var value = found as WasmGlobal;
                    Require(i, found, value != null && ((int)value.Type | (value.IsMutable ? 0x80 : 0)) == module.ImportTypes[i]);
                    Globals[global++] = value;
                    break;
            }
        }

        if (module.HasMemory && !module.MemoryImported)
        {
            Memory = new WasmMemory(module.MemoryPages, module.MemoryMaximum, _limits);
        }

        if (module.HasTable && !module.TableImported)
        {
            if (module.TableElements > _limits.TableElements)
            {
                throw new WasmLinkException("the limit TableElements is reached");
            }

            Table = new WasmTable(module.TableElements, module.TableMaximum);
            Table.Home = this;
        }

        for (var own = 0; global < Globals.Length; own++, global++)
        {
            var type = module.GlobalTypes[global];
            var bits = module.GlobalValues[own];
            Globals[global] = new WasmGlobal((WasmType)(type & 0x7F), type >= 0x80, module.GlobalFromGlobal[own] ? Globals[(int)bits].Bits : bits);
        }
    }

    private void Require(int import, object found, bool fits)
    {
        if (!fits)
        {
            throw new WasmLinkException((found == null ? "unknown import " : "incompatible import type of ")
                + Module.ImportModule(import) + "." + Module.ImportName(import));
        }
    }

    private static bool Fits(int size, int maximum, int leastSize, int mostMaximum) =>
        size >= leastSize && (mostMaximum < 0 || (maximum >= 0 && maximum <= mostMaximum));

    private static bool FunctionFits(byte[] type, object found)
    {
        if (found is WasmFunction function)
        {
            return function.Instance.Module.HasType(function.Index, type);
        }

        // Parameters, a colon, results.
        var signature = ((WasmHostFunction)found).Signature;
        if (signature.Length != type.Length - 1 || signature[type[0]] != ':')
        {
            return false;
        }

        for (var i = 2; i < type.Length; i++)
        {
            var letter = signature[i - 2 < type[0] ? i - 2 : i - 1];
            if (letter != (type[i] == 0x7F ? 'i' : type[i] == 0x7E ? 'I' : type[i] == 0x7D ? 'f' : 'F'))
            {
                return false;
            }
        }

        return true;
    }

    private void CopySegments()
    {
        if (Module.DataTaken)
        {
            throw new WasmLinkException("the module's segments went to its only instance");
        }

        CheckSegments();
        for (var i = 0; i < Module.Elements.Length; i++)
        {
            var segment = Module.Elements[i];
            if (segment.Mode == Segment.Active)
            {
                Demand(CopyElements(segment, OffsetOf(segment), 0, segment.Functions.Length));
            }
        }

        for (var i = 0; i < Module.DataSegments.Length; i++)
        {
            var segment = Module.DataSegments[i];
            if (segment.Mode == Segment.Active)
            {
                Demand(CopyData(segment, OffsetOf(segment), 0, segment.Bytes.Length));
                if (_limits.SingleInstance)
                {
                    segment.Bytes = null;
                }
            }
        }

        Module.DataTaken = _limits.SingleInstance;
    }

    // All must fit before the first is copied, for memory and table may be another's too.
    private void CheckSegments()
    {
        for (var i = 0; i < Module.Elements.Length; i++)
        {
            var segment = Module.Elements[i];
            if (segment.Mode == Segment.Active && !Table.Holds(OffsetOf(segment), segment.Functions.Length))
            {
                throw new WasmTrapException(WasmTrapKind.OutOfBoundsTableAccess);
            }
        }

        for (var i = 0; i < Module.DataSegments.Length; i++)
        {
            var segment = Module.DataSegments[i];
            if (segment.Mode == Segment.Active && !Memory.Holds(OffsetOf(segment), segment.Bytes.Length))
            {
                throw new WasmTrapException(WasmTrapKind.OutOfBoundsMemoryAccess);
            }
        }
    }

    private int OffsetOf(Segment segment) => segment.OffsetIsGlobal ? Globals[segment.Offset].Narrow : segment.Offset;

    private static void Demand(WasmTrapKind trap)
    {
        if (trap != WasmTrapKind.None)
        {
            throw new WasmTrapException(trap);
        }
    }

    private WasmTrapKind CopyElements(Segment segment, int to, int from, int count)
    {
        if (!Table.Holds(to, count) || count < 0 || from < 0 || from > segment.Functions.Length - count)
        {
            return WasmTrapKind.OutOfBoundsTableAccess;
        }

        for (var i = 0; i < count; i++)
        {
            int function = segment.Functions[from + i];
            var owner = this;
            if (function > 0 && function <= Functions.Length && Functions[function - 1] is WasmFunction other)
            {
                owner = other.Instance;
                function = other.Index + 1;
            }

            Table.Set(to + i, owner, function);
        }

        return WasmTrapKind.None;
    }

    private WasmTrapKind CopyData(Segment segment, int to, int from, int count)
    {
        if (!Memory.Holds(to, count) || count < 0 || from < 0 || from > segment.Bytes.Length - count)
        {
            return WasmTrapKind.OutOfBoundsMemoryAccess;
        }

        return Memory.StoreBytes(to, segment.Bytes, from, count) ? WasmTrapKind.None : WasmTrapKind.OutOfMemory;
    }

    internal WasmTrapKind InitializeMemory(int index, int to, int from, int count)
    {
        var segment = Module.DataSegments[index];
        if (!IsDropped(segment, _droppedData, index))
        {
            return CopyData(segment, to, from, count);
        }

        return count == 0 && from == 0 && Memory.Holds(to, 0) ? WasmTrapKind.None : WasmTrapKind.OutOfBoundsMemoryAccess;
    }

    internal WasmTrapKind InitializeTable(int index, int to, int from, int count)
    {
        var segment = Module.Elements[index];
        if (!IsDropped(segment, _droppedElements, index))
        {
            return CopyElements(segment, to, from, count);
        }

        return count == 0 && from == 0 && Table.Holds(to, 0) ? WasmTrapKind.None : WasmTrapKind.OutOfBoundsTableAccess;
    }

    internal void DropData(int index)
    {
        _droppedData ??= new bool[Module.DataSegments.Length];
        _droppedData[index] = true;
    }

    internal void DropElements(int index)
    {
        _droppedElements ??= new bool[Module.Elements.Length];
        _droppedElements[index] = true;
    }

    private static bool IsDropped(Segment segment, bool[] dropped, int index) =>
        segment.Mode != Segment.Passive || (dropped != null && dropped[index]);
}
