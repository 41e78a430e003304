using System.Runtime.CompilerServices;

namespace PicoKubelet.Wasm;


/// <content>
/// The interpreter. What it needs is in locals: on a device each of C#'s instructions is interpreted too, so that a
/// call, a field or a property here costs as much as a translated instruction. The hot ones come first.
/// </content>
internal sealed partial class Machine
{
    // The runtime of the PC compiles this method fully at once: it is entered once and runs for long.
    private const MethodImplOptions Optimized = (MethodImplOptions)512;

    [MethodImpl(Optimized)]
    private WasmStatus Execute(int fuel)
    {
        var zeros = WasmMemory.Zeros;
        WasmTrapKind trap;
        WasmTable table;
        WasmInstance owner;
        int t;
        int u;
        long v;
        int[] block;

    Reload:
        var instance = _instance;
        var module = instance.Module;
        var op = module.OpCodes;
        var a = module.A;
        var b = module.B;
        var c = module.C;
        var entries = module.Entries;
        var imports = module.ImportedFunctions;
        var globals = instance.Globals;
        var memory = instance.Memory;
        var blocks = memory?.Blocks;
        var end = memory == null ? 0 : memory.End;
        var returns = _returns;
        var frames = _frames;
        var wides = _wides;
        var depth = _depth;
        var pc = _pc;
        var f = frames[depth];
        var g = wides[depth];

        while (true)
        {
            switch (op[pc])
            {
                case Op.Data:
                    pc++;
                    continue;
                case Op.Br:
                    goto Jump;
                case Op.BrZero:
                    if (f[a[pc]] == 0)
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrNotZero:
                    if (f[a[pc]] != 0)
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare:
                    if (f[a[pc]] == f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 1:
                    if (f[a[pc]] != f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 2:
                    if (f[a[pc]] < f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 3:
                    if ((uint)f[a[pc]] < (uint)f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 4:
                    if (f[a[pc]] > f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 5:
                    if ((uint)f[a[pc]] > (uint)f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 6:
                    if (f[a[pc]] <= f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 7:
                    if ((uint)f[a[pc]] <= (uint)f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 8:
                    if (f[a[pc]] >= f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompare + 9:
                    if ((uint)f[a[pc]] >= (uint)f[b[pc]])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort:
                    if (f[a[pc]] == (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 1:
                    if (f[a[pc]] != (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 2:
                    if (f[a[pc]] < (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 3:
                    if ((uint)f[a[pc]] < (uint)(int)(sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 4:
                    if (f[a[pc]] > (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 5:
                    if ((uint)f[a[pc]] > (uint)(int)(sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 6:
                    if (f[a[pc]] <= (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 7:
                    if ((uint)f[a[pc]] <= (uint)(int)(sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 8:
                    if (f[a[pc]] >= (sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.BrCompareShort + 9:
                    if ((uint)f[a[pc]] >= (uint)(int)(sbyte)b[pc])
                    {
                        goto Jump;
                    }

                    pc++;
                    continue;
                case Op.Move:
                    f[a[pc]] = f[b[pc]];
                    pc++;
                    continue;
                case Op.MoveWide:
                    g[a[pc]] = g[b[pc]];
                    pc++;
                    continue;
                case Op.FarGet:
                    f[a[pc]] = f[c[pc]];
                    pc++;
                    continue;
                case Op.FarGetWide:
                    g[a[pc]] = g[c[pc]];
                    pc++;
                    continue;
                case Op.FarSet:
                    f[c[pc]] = f[a[pc]];
                    pc++;
                    continue;
                case Op.FarSetWide:
                    g[c[pc]] = g[a[pc]];
                    pc++;
                    continue;
                case Op.ConstShort:
                    f[a[pc]] = c[pc];
                    pc++;
                    continue;
                case Op.Const:
                    f[a[pc]] = (b[pc] << 16) | (ushort)c[pc];
                    pc++;
                    continue;
                case Op.ConstFull:
                    f[a[pc]] = (c[pc + 1] << 16) | (ushort)c[pc];
                    pc += 2;
                    continue;
                case Op.ConstWide:
                    g[a[pc]] = c[pc];
                    pc++;
                    continue;
                case Op.AddShort:
                    f[a[pc]] = f[b[pc]] + c[pc];
                    pc++;
                    continue;
                case Op.MulShort:
                    f[a[pc]] = f[b[pc]] * c[pc];
                    pc++;
                    continue;
                case Op.AndShort:
                    f[a[pc]] = f[b[pc]] & c[pc];
                    pc++;
                    continue;
                case Op.OrShort:
                    f[a[pc]] = f[b[pc]] | (int)c[pc];
                    pc++;
                    continue;
                case Op.XorShort:
                    f[a[pc]] = f[b[pc]] ^ c[pc];
                    pc++;
                    continue;
                case Op.ShlShort:
                    f[a[pc]] = f[b[pc]] << c[pc];
                    pc++;
                    continue;
                case Op.ShrSShort:
                    f[a[pc]] = f[b[pc]] >> c[pc];
                    pc++;
                    continue;
                case Op.ShrUShort:
                    f[a[pc]] = (int)((uint)f[b[pc]] >> c[pc]);
                    pc++;
                    continue;
                case Op.MulAdd:
                    t = a[pc];
                    f[t] = f[t] + f[b[pc]] * f[c[pc]];
                    pc++;
                    continue;
                case Op.RotlShort:
                    t = f[b[pc]];
                    f[a[pc]] = (t << c[pc]) | (int)((uint)t >> -c[pc]);
                    pc++;
                    continue;
                case 0x6A:
                    f[a[pc]] = f[b[pc]] + f[c[pc]];
                    pc++;
                    continue;
                case 0x6B:
                    f[a[pc]] = f[b[pc]] - f[c[pc]];
                    pc++;
                    continue;
                case 0x6C:
                    f[a[pc]] = f[b[pc]] * f[c[pc]];
                    pc++;
                    continue;
                case 0x71:
                    f[a[pc]] = f[b[pc]] & f[c[pc]];
                    pc++;
                    continue;
                case 0x72:
                    f[a[pc]] = f[b[pc]] | f[c[pc]];
                    pc++;
                    continue;
                case 0x73:
                    f[a[pc]] = f[b[pc]] ^ f[c[pc]];
                    pc++;
                    continue;
                case 0x74:
                    f[a[pc]] = f[b[pc]] << f[c[pc]];
                    pc++;
                    continue;
                case 0x75:
                    f[a[pc]] = f[b[pc]] >> f[c[pc]];
                    pc++;
                    continue;
                case 0x76:
                    f[a[pc]] = (int)((uint)f[b[pc]] >> f[c[pc]]);
                    pc++;
                    continue;
                case 0x77:
                    t = f[b[pc]];
                    u = f[c[pc]];
                    f[a[pc]] = (t << u) | (int)((uint)t >> -u);
                    pc++;
                    continue;
                case 0x78:
                    t = f[b[pc]];
                    u = f[c[pc]];
                    f[a[pc]] = (int)((uint)t >> u) | (t << -u);
                    pc++;
                    continue;
                case Op.Compare:
                    f[a[pc]] = f[b[pc]] == f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 1:
                    f[a[pc]] = f[b[pc]] != f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 2:
                    f[a[pc]] = f[b[pc]] < f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 3:
                    f[a[pc]] = (uint)f[b[pc]] < (uint)f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 4:
                    f[a[pc]] = f[b[pc]] > f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 5:
                    f[a[pc]] = (uint)f[b[pc]] > (uint)f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 6:
                    f[a[pc]] = f[b[pc]] <= f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 7:
                    f[a[pc]] = (uint)f[b[pc]] <= (uint)f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 8:
                    f[a[pc]] = f[b[pc]] >= f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.Compare + 9:
                    f[a[pc]] = (uint)f[b[pc]] >= (uint)f[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort:
                    f[a[pc]] = f[b[pc]] == c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 1:
                    f[a[pc]] = f[b[pc]] != c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 2:
                    f[a[pc]] = f[b[pc]] < c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 3:
                    f[a[pc]] = (uint)f[b[pc]] < (uint)(int)c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 4:
                    f[a[pc]] = f[b[pc]] > c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 5:
                    f[a[pc]] = (uint)f[b[pc]] > (uint)(int)c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 6:
                    f[a[pc]] = f[b[pc]] <= c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 7:
                    f[a[pc]] = (uint)f[b[pc]] <= (uint)(int)c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 8:
                    f[a[pc]] = f[b[pc]] >= c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case Op.CompareShort + 9:
                    f[a[pc]] = (uint)f[b[pc]] >= (uint)(int)c[pc] ? 1 : 0;
                    pc++;
                    continue;
                case 0x6D:
                    t = f[b[pc]];
                    u = f[c[pc]];
                    if (u == 0)
                    {
                        trap = WasmTrapKind.IntegerDivideByZero;
                        goto Trap;
                    }

                    if (u == -1)
                    {
                        if (t == int.MinValue)
                        {
                            trap = WasmTrapKind.IntegerOverflow;
                            goto Trap;
                        }

                        f[a[pc]] = -t;
                    }
                    else
                    {
                        f[a[pc]] = t / u;
                    }

                    pc++;
                    continue;
                case 0x6E:
                    u = f[c[pc]];
                    if (u == 0)
                    {
                        trap = WasmTrapKind.IntegerDivideByZero;
                        goto Trap;
                    }

                    f[a[pc]] = (int)((uint)f[b[pc]] / (uint)u);
                    pc++;
                    continue;
                case 0x6F:
                    u = f[c[pc]];
                    if (u == 0)
                    {
                        trap = WasmTrapKind.IntegerDivideByZero;
                        goto Trap;
                    }

                    f[a[pc]] = u == -1 ? 0 : f[b[pc]] % u;
                    pc++;
                    continue;
                case 0x70:
                    u = f[c[pc]];
                    if (u == 0)
                    {
                        trap = WasmTrapKind.IntegerDivideByZero;
                        goto Trap;
                    }

                    f[a[pc]] = (int)((uint)f[b[pc]] % (uint)u);
                    pc++;
                    continue;
                case Op.Load32:
                    u = f[b[pc]] + c[pc];
                    if ((u & 3) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord];
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 3) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord];
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case Op.Load64:
                    u = f[b[pc]] + c[pc];
                    if ((u & 3) == 0 && (u & 508) != 508 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        u = (u >> 2) & WasmMemory.LastWord;
                        g[a[pc]] = (uint)block[u] | ((long)block[u + 1] << 32);
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset + 1:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 3) == 0 && (u & 508) != 508 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        u = (u >> 2) & WasmMemory.LastWord;
                        g[a[pc]] = (uint)block[u] | ((long)block[u + 1] << 32);
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case 0x2C:
                    u = f[b[pc]] + c[pc];
                    if ((uint)u < (uint)end)
                    {
                        f[a[pc]] = (sbyte)(blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 3) << 3));
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset + 2:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (sbyte)(blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 3) << 3));
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case 0x2D:
                    u = f[b[pc]] + c[pc];
                    if ((uint)u < (uint)end)
                    {
                        f[a[pc]] = (blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 3) << 3)) & 255;
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset + 3:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 3) << 3)) & 255;
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case 0x2E:
                    u = f[b[pc]] + c[pc];
                    if ((u & 1) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (short)(blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 2) << 3));
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset + 4:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 1) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (short)(blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 2) << 3));
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case 0x2F:
                    u = f[b[pc]] + c[pc];
                    if ((u & 1) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 2) << 3)) & 0xFFFF;
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.WithOffset + 5:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 1) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = (blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord] >> ((u & 2) << 3)) & 0xFFFF;
                        pc++;
                        continue;
                    }

                    u = c[pc];
                    goto SlowLoad;
                case 0x30:
                case 0x31:
                case 0x32:
                case 0x33:
                case 0x34:
                case 0x35:
                    t = f[b[pc]] + c[pc];
                    u = 0;
                    goto SlowLoad;
                case Op.Store32:
                    u = f[b[pc]] + c[pc];
                    if ((u & 3) == 0 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            block[(u >> 2) & WasmMemory.LastWord] = f[a[pc]];
                            pc++;
                            continue;
                        }
                    }

                    t = u;
                    u = 0;
                    goto SlowStore;
                case Op.WithOffset + 6:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 3) == 0 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            block[(u >> 2) & WasmMemory.LastWord] = f[a[pc]];
                            pc++;
                            continue;
                        }
                    }

                    u = c[pc];
                    goto SlowStore;
                case Op.Store64:
                    u = f[b[pc]] + c[pc];
                    if ((u & 3) == 0 && (u & 508) != 508 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            v = g[a[pc]];
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (int)v;
                            block[u + 1] = (int)(v >> 32);
                            pc++;
                            continue;
                        }
                    }

                    t = u;
                    u = 0;
                    goto SlowStore;
                case Op.WithOffset + 7:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 3) == 0 && (u & 508) != 508 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            v = g[a[pc]];
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (int)v;
                            block[u + 1] = (int)(v >> 32);
                            pc++;
                            continue;
                        }
                    }

                    u = c[pc];
                    goto SlowStore;
                case 0x3A:
                    u = f[b[pc]] + c[pc];
                    if ((uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            t = (u & 3) << 3;
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (block[u] & ~(255 << t)) | ((f[a[pc]] & 255) << t);
                            pc++;
                            continue;
                        }
                    }

                    t = u;
                    u = 0;
                    goto SlowStore;
                case Op.WithOffset + 8:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            t = (u & 3) << 3;
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (block[u] & ~(255 << t)) | ((f[a[pc]] & 255) << t);
                            pc++;
                            continue;
                        }
                    }

                    u = c[pc];
                    goto SlowStore;
                case 0x3B:
                    u = f[b[pc]] + c[pc];
                    if ((u & 1) == 0 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            t = (u & 2) << 3;
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (block[u] & ~(0xFFFF << t)) | ((f[a[pc]] & 0xFFFF) << t);
                            pc++;
                            continue;
                        }
                    }

                    t = u;
                    u = 0;
                    goto SlowStore;
                case Op.WithOffset + 9:
                    t = f[b[pc]];
                    u = t + c[pc];
                    if (t >= 0 && (u & 1) == 0 && (uint)u < (uint)end)
                    {
                        block = blocks[u >> WasmMemory.BlockShift];
                        if (block != zeros)
                        {
                            t = (u & 2) << 3;
                            u = (u >> 2) & WasmMemory.LastWord;
                            block[u] = (block[u] & ~(0xFFFF << t)) | ((f[a[pc]] & 0xFFFF) << t);
                            pc++;
                            continue;
                        }
                    }

                    u = c[pc];
                    goto SlowStore;
                case 0x3C:
                case 0x3D:
                case 0x3E:
                    t = f[b[pc]] + c[pc];
                    u = 0;
                    goto SlowStore;
                case Op.LoadIndexed:
                    u = (f[b[pc]] << 2) + c[pc];
                    if ((u & 3) == 0 && (uint)u < (uint)end)
                    {
                        f[a[pc]] = blocks[u >> WasmMemory.BlockShift][(u >> 2) & WasmMemory.LastWord];
                        pc++;
                        continue;
                    }

                    t = u;
                    u = 0;
                    goto SlowLoad;
                case Op.GlobalGet:
                    f[a[pc]] = globals[c[pc]].Narrow;
                    pc++;
                    continue;
                case Op.GlobalGetWide:
                    g[a[pc]] = globals[c[pc]].Wide;
                    pc++;
                    continue;
                case Op.GlobalSet:
                    globals[c[pc]].Narrow = f[a[pc]];
                    pc++;
                    continue;
                case Op.GlobalSetWide:
                    globals[c[pc]].Wide = g[a[pc]];
                    pc++;
                    continue;
                case Op.Select:
                    f[a[pc]] = f[a[pc + 1]] != 0 ? f[b[pc]] : f[c[pc]];
                    pc += 2;
                    continue;
                case Op.SelectWide:
                    g[a[pc]] = f[a[pc + 1]] != 0 ? g[b[pc]] : g[c[pc]];
                    pc += 2;
                    continue;
                case Op.ConstLong:
                    g[a[pc]] = ((long)((c[pc + 3] << 16) | (ushort)c[pc + 2]) << 32) | (uint)((c[pc + 1] << 16) | (ushort)c[pc]);
                    pc += 4;
                    continue;
                case Op.Address:
                    // Where base and offset go past 32 bits the last address stands for it, behind the end of any memory.
                    t = f[b[pc]];
                    u = t + ((c[pc + 1] << 16) | (ushort)c[pc]);
                    f[a[pc]] = (uint)u < (uint)t ? -1 : u;
                    pc += 2;
                    continue;
                case 0x7C:
                    g[a[pc]] = g[b[pc]] + g[c[pc]];
                    pc++;
                    continue;
                case 0x7D:
                    g[a[pc]] = g[b[pc]] - g[c[pc]];
                    pc++;
                    continue;
                case 0x7E:
                    g[a[pc]] = g[b[pc]] * g[c[pc]];
                    pc++;
                    continue;
                case 0x83:
                    g[a[pc]] = g[b[pc]] & g[c[pc]];
                    pc++;
                    continue;
                case 0x84:
                    g[a[pc]] = g[b[pc]] | g[c[pc]];
                    pc++;
                    continue;
                case 0x85:
                    g[a[pc]] = g[b[pc]] ^ g[c[pc]];
                    pc++;
                    continue;
                case 0x86:
                    g[a[pc]] = g[b[pc]] << (int)g[c[pc]];
                    pc++;
                    continue;
                case 0x87:
                    g[a[pc]] = g[b[pc]] >> (int)g[c[pc]];
                    pc++;
                    continue;
                case 0x88:
                    g[a[pc]] = (long)((ulong)g[b[pc]] >> (int)g[c[pc]]);
                    pc++;
                    continue;
                case 0x50:
                    f[a[pc]] = g[b[pc]] == 0 ? 1 : 0;
                    pc++;
                    continue;
                case 0x51:
                    f[a[pc]] = g[b[pc]] == g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x52:
                    f[a[pc]] = g[b[pc]] != g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x53:
                    f[a[pc]] = g[b[pc]] < g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x54:
                    f[a[pc]] = (ulong)g[b[pc]] < (ulong)g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x55:
                    f[a[pc]] = g[b[pc]] > g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x56:
                    f[a[pc]] = (ulong)g[b[pc]] > (ulong)g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x57:
                    f[a[pc]] = g[b[pc]] <= g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x58:
                    f[a[pc]] = (ulong)g[b[pc]] <= (ulong)g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x59:
                    f[a[pc]] = g[b[pc]] >= g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0x5A:
                    f[a[pc]] = (ulong)g[b[pc]] >= (ulong)g[c[pc]] ? 1 : 0;
                    pc++;
                    continue;
                case 0xA7:
                    f[a[pc]] = (int)g[b[pc]];
                    pc++;
                    continue;
                case 0xAC:
                    g[a[pc]] = f[b[pc]];
                    pc++;
                    continue;
                case 0xAD:
                    g[a[pc]] = (uint)f[b[pc]];
                    pc++;
                    continue;
                case 0xC0:
                    f[a[pc]] = (sbyte)f[b[pc]];
                    pc++;
                    continue;
                case 0xC1:
                    f[a[pc]] = (short)f[b[pc]];
                    pc++;
                    continue;
                case 0x92:
                    f[a[pc]] = Floats.ToBits(Floats.ToSingle(f[b[pc]]) + Floats.ToSingle(f[c[pc]]));
                    pc++;
                    continue;
                case 0x93:
                    f[a[pc]] = Floats.ToBits(Floats.ToSingle(f[b[pc]]) - Floats.ToSingle(f[c[pc]]));
                    pc++;
                    continue;
                case 0x94:
                    f[a[pc]] = Floats.ToBits(Floats.ToSingle(f[b[pc]]) * Floats.ToSingle(f[c[pc]]));
                    pc++;
                    continue;
                case 0x95:
                    f[a[pc]] = Floats.ToBits((float)Floats.Divide(Floats.ToSingle(f[b[pc]]), Floats.ToSingle(f[c[pc]])));
                    pc++;
                    continue;
                case 0xA0:
                    g[a[pc]] = Floats.ToBits(Floats.ToDouble(g[b[pc]]) + Floats.ToDouble(g[c[pc]]));
                    pc++;
                    continue;
                case 0xA1:
                    g[a[pc]] = Floats.ToBits(Floats.ToDouble(g[b[pc]]) - Floats.ToDouble(g[c[pc]]));
                    pc++;
                    continue;
                case 0xA2:
                    g[a[pc]] = Floats.ToBits(Floats.ToDouble(g[b[pc]]) * Floats.ToDouble(g[c[pc]]));
                    pc++;
                    continue;
                case 0xA3:
                    g[a[pc]] = Floats.ToBits(Floats.Divide(Floats.ToDouble(g[b[pc]]), Floats.ToDouble(g[c[pc]])));
                    pc++;
                    continue;
                case 0x5B:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) == Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x5C:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) != Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x5D:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) < Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x5E:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) > Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x5F:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) <= Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x60:
                    f[a[pc]] = Floats.ToSingle(f[b[pc]]) >= Floats.ToSingle(f[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x61:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) == Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x62:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) != Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x63:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) < Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x64:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) > Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x65:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) <= Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case 0x66:
                    f[a[pc]] = Floats.ToDouble(g[b[pc]]) >= Floats.ToDouble(g[c[pc]]) ? 1 : 0;
                    pc++;
                    continue;
                case Op.Call:
                    t = pc;
                    u = c[pc];
                    if (u < imports)
                    {
                        goto Import;
                    }

                    u = entries[u];
                    goto Enter;
                case Op.CallIndirect:
                    t = pc;
                    u = f[a[pc]];
                    table = instance.Table;
                    if ((uint)u >= (uint)table.Elements.Length)
                    {
                        trap = WasmTrapKind.UndefinedElement;
                        goto Trap;
                    }

                    owner = table.OwnerOf(u);
                    u = table.Elements[u] - 1;
                    if (u < 0)
                    {
                        trap = WasmTrapKind.UninitializedElement;
                        goto Trap;
                    }

                    if (owner.Module == module ? module.FunctionTypes[u] != c[pc] : !owner.Module.HasType(u, module.Types[c[pc]]))
                    {
                        trap = WasmTrapKind.IndirectCallTypeMismatch;
                        goto Trap;
                    }

                    pc++;
                    if (owner != instance)
                    {
                        goto Other;
                    }

                    if (u < imports)
                    {
                        goto Import;
                    }

                    u = entries[u];
                    goto Enter;
                case Op.Return:
                    t = returns[depth];
                    if (t < 0)
                    {
                        goto Leave;
                    }

                    pc = t + c[pc];
                    depth--;
                    f = frames[depth];
                    g = wides[depth];
                    continue;
                case Op.ReturnNarrow:
                    t = returns[depth];
                    if (t < 0)
                    {
                        goto Leave;
                    }

                    u = f[a[pc]];
                    pc = t + c[pc];
                    depth--;
                    f = frames[depth];
                    g = wides[depth];
                    f[a[t]] = u;
                    continue;
                case Op.ReturnWide:
                    t = returns[depth];
                    if (t < 0)
                    {
                        goto Leave;
                    }

                    v = g[a[pc]];
                    pc = t + c[pc];
                    depth--;
                    f = frames[depth];
                    g = wides[depth];
                    g[b[t]] = v;
                    continue;
                case Op.ReturnMany:
                    t = returns[depth];
                    if (t < 0)
                    {
                        goto Leave;
                    }

                    depth--;
                    for (u = 0; u < b[pc]; u++)
                    {
                        frames[depth][a[t] + u] = f[a[pc] + u];
                    }

                    for (u = 0; u < b[pc + 1]; u++)
                    {
                        wides[depth][b[t] + u] = g[a[pc + 1] + u];
                    }

                    pc = t + c[pc];
                    f = frames[depth];
                    g = wides[depth];
                    continue;
                case Op.BrTable:
                    // An index past the last stands for the last; two distances lie in a row.
                    t = f[a[pc]];
                    if ((uint)t > (uint)c[pc])
                    {
                        t = c[pc];
                    }

                    u = pc + 1 + (t >> 1);
                    pc += (t & 1) == 0 ? c[u] : a[u] | (b[u] << 8);
                    continue;
                case Op.MemorySize:
                    f[a[pc]] = memory.Pages;
                    pc++;
                    continue;
                case Op.MemoryGrow:
                    f[a[pc]] = memory.Grow(f[b[pc]]);
                    pc++;
                    continue;
                case Op.Bulk:
                    trap = Bulk(instance, a[pc + 1], c[pc + 1], f[a[pc]], f[b[pc]], f[c[pc]]);
                    fuel -= _bulkCost;
                    if (memory != null)
                    {
                        blocks = memory.Blocks;
                        end = memory.End;
                    }

                    if (trap != WasmTrapKind.None)
                    {
                        goto Trap;
                    }

                    pc += 2;
                    continue;
                case Op.Unreachable:
                    trap = WasmTrapKind.Unreachable;
                    goto Trap;
                default:
                    trap = Compute(op[pc], a[pc], b[pc], c[pc], f, g);
                    if (trap != WasmTrapKind.None)
                    {
                        goto Trap;
                    }

                    pc++;
                    continue;
            }

        Jump:
            t = c[pc];
            pc += t;
            if (t > 0)
            {
                continue;
            }

            // A jump back costs what it jumps over.
            if ((fuel += t) > 0)
            {
                continue;
            }

            _depth = depth;
            _pc = pc;
            return WasmStatus.OutOfFuel;

        SlowLoad: // t: address; u: offset
            if (!Load(memory, op[pc], t, u, a[pc], f, g))
            {
                trap = WasmTrapKind.OutOfBoundsMemoryAccess;
                goto Trap;
            }

            pc++;
            continue;

        SlowStore: // t: address; u: offset
            trap = Store(memory, op[pc], t, u, a[pc], f, g);
            if (trap != WasmTrapKind.None)
            {
                goto Trap;
            }

            blocks = memory.Blocks;
            end = memory.End;
            pc++;
            continue;

        Enter: // u: the function's first row; pc: the row with results and arguments; t: the row that calls
            if (fuel <= 0)
            {
                _depth = depth;
                _pc = t;
                return WasmStatus.OutOfFuel;
            }

            fuel -= op[u + 1];
            depth++;
            if (depth == returns.Length || frames[depth] == null || frames[depth].Length < c[u] || (c[u + 1] != 0 && (wides[depth] == null || wides[depth].Length < c[u + 1])))
            {
                if (!MakeFrame(depth, c[u], c[u + 1]))
                {
                    depth--;
                    pc = t;
                    trap = WasmTrapKind.CallStackExhausted;
                    goto Trap;
                }

                returns = _returns;
                frames = _frames;
                wides = _wides;
            }

            returns[depth] = pc;
            block = frames[depth];
            for (t = 0; t < a[u]; t += 3)
            {
                pc++;
                block[t] = f[a[pc]];
                block[t + 1] = f[b[pc]];
                block[t + 2] = f[c[pc]];
            }

            f = block;
            for (t = a[u]; t < c[u + 2]; t++)
            {
                f[t] = 0;
            }

            if (c[u + 1] != 0)
            {
                EnterWide(module, g, wides[depth], u, pc);
                g = wides[depth];
            }

            pc = u + 4;
            continue;

        Import: // u: the imported function; pc and t as above
            owner = instance;

        Other:
            _depth = depth;
            _pc = pc;
            switch (CallOut(instance, owner, u, t))
            {
                case WasmHostCall.Returned:
                    goto Reload;
                case WasmHostCall.Waits:
                case WasmHostCall.Retries:
                    return WasmStatus.Waiting;
                case WasmHostCall.Exited:
                    return WasmStatus.Exited;
                default:
                    return WasmStatus.Trapped;
            }

        Leave: // t: the complement of the row that called in another instance, or the end of the call from outside
            CollectResults(module, pc, f, g);
            _depth = depth - 1;
            if (t == Outside)
            {
                return WasmStatus.Finished;
            }

            ReturnToCaller(~t);
            goto Reload;

        Trap:
            _depth = depth;
            _pc = pc;
            _trap = trap;
            return WasmStatus.Trapped;
        }
    }
}
