namespace PicoKubelet.Wasm;


/// <content>Loads and stores that the interpreter's fast way does not take, and what concerns many bytes at once.</content>
internal sealed partial class Machine
{
    // False where the address lies behind the end.
    private static bool Load(WasmMemory memory, int op, int address, int offset, int to, int[] f, long[] g)
    {
        op = Plain(op);
        var bytes = op switch
        {
            Op.Load32 or 0x34 or 0x35 => 4,
            Op.Load64 => 8,
            0x2C or 0x2D or 0x30 or 0x31 => 1,
            _ => 2,
        };
        if (!memory.Holds(address, offset, bytes))
        {
            return false;
        }

        var value = memory.Load(address + offset, bytes);
        switch (op)
        {
            case Op.Load32:
            case 0x2D:
            case 0x2F:
                f[to] = (int)value;
                break;
            case 0x2C:
                f[to] = (sbyte)value;
                break;
            case 0x2E:
                f[to] = (short)value;
                break;
            case 0x30:
                g[to] = (sbyte)value;
                break;
            case 0x32:
                g[to] = (short)value;
                break;
            case 0x34:
                g[to] = (int)value;
                break;
            default:
                g[to] = value;
                break;
        }

        return true;
    }

    private static WasmTrapKind Store(WasmMemory memory, int op, int address, int offset, int from, int[] f, long[] g)
    {
        op = Plain(op);
        var bytes = op switch
        {
            Op.Store32 or 0x3E => 4,
            Op.Store64 => 8,
            0x3A or 0x3C => 1,
            _ => 2,
        };
        if (!memory.Holds(address, offset, bytes))
        {
            return WasmTrapKind.OutOfBoundsMemoryAccess;
        }

        var value = op == Op.Store32 || op == 0x3A || op == 0x3B ? f[from] : g[from];
        return memory.Store(address + offset, value, bytes) ? WasmTrapKind.None : WasmTrapKind.OutOfMemory;
    }

    // WebAssembly's number of a load or store.
    private static int Plain(int op)
    {
        if (op == Op.LoadIndexed)
        {
            return Op.Load32;
        }

        op -= Op.WithOffset;
        return op < 0 ? op + Op.WithOffset : op < 2 ? op + 0x28 : op < 6 ? op + 0x2A : op < 8 ? op + 0x30 : op + 0x32;
    }

    // The instructions behind 0xFC from 8 on; the operands in their order on the stack.
    private WasmTrapKind Bulk(WasmInstance instance, int op, int index, int to, int from, int count)
    {
        _bulkCost = op == 9 || op == 13 ? 0 : (int)((uint)count >> 3);
        var memory = instance.Memory;
        var done = true;
        switch (op)
        {
            case 8:
                return instance.InitializeMemory(index, to, from, count);
            case 9:
                instance.DropData(index);
                break;
            case 10:
                if (!memory.Holds(to, count) || !memory.Holds(from, count))
                {
                    return WasmTrapKind.OutOfBoundsMemoryAccess;
                }

                done = memory.Copy(to, from, count);
                break;
            case 11:
                if (!memory.Holds(to, count))
                {
                    return WasmTrapKind.OutOfBoundsMemoryAccess;
                }

                done = memory.Fill(to, from, count);
                break;
            case 12:
                return instance.InitializeTable(index, to, from, count);
            case 13:
                instance.DropElements(index);
                break;
            default:
                if (!instance.Table.Holds(to, count) || !instance.Table.Holds(from, count))
                {
                    return WasmTrapKind.OutOfBoundsTableAccess;
                }

                WasmTable.Copy(instance.Table, from, instance.Table, to, count);
                break;
        }

        return done ? WasmTrapKind.None : WasmTrapKind.OutOfMemory;
    }
}
