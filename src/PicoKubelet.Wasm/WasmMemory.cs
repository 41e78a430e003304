using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// A linear memory that costs what is written to it: blocks of 512 bytes that come into being with the first write of
/// something other than zero.
/// </summary>
public sealed partial class WasmMemory
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 65536;

    /// <summary>Bytes of the heap that a block of 512 bytes takes: with the array's header and its place in the list.</summary>
    public const int BlockCost = BlockBytes + 32;

    internal const int BlockShift = 9;
    internal const int BlockBytes = 1 << BlockShift;
    internal const int BlockWords = BlockBytes / 4;
    internal const int LastWord = BlockWords - 1;
    internal const int MostPages = 32767;

    // Stands for each block that was never written, of any memory; made with the first of them. Nobody writes to it.
    internal static int[] Zeros;

    private static readonly object Gate = new object();

    // The blocks from address 0 on, none of them null; behind them all is zero. End: the bytes that they cover.
    internal int[][] Blocks = new int[0][];
    internal int End;

    private readonly int _mostBytes;
    private readonly int _mostPages;
    private int _blocksInUse;

    /// <summary>A memory.</summary>
    /// <param name="pages">Pages of 64 KiB at first.</param>
    /// <param name="maximum">Pages it may grow to by its type; -1 without a maximum.</param>
    /// <param name="limits">Bounds the pages and the bytes.</param>
    public WasmMemory(int pages, int maximum, WasmLimits limits)
    {
        lock (Gate)
        {
            Zeros ??= new int[BlockWords];
        }

        _mostPages = limits.MemoryPages < MostPages ? limits.MemoryPages : MostPages;
        if (pages > _mostPages)
        {
            throw new WasmLinkException("the memory needs " + pages + " pages, the limit MemoryPages is " + _mostPages);
        }

        Pages = pages;
        Maximum = maximum;
        _mostBytes = limits.MemoryBytes;
    }

    /// <summary>Its size in pages of 64 KiB.</summary>
    public int Pages { get; private set; }

    /// <summary>The maximum of its type in pages, -1 without one.</summary>
    public int Maximum { get; }

    /// <summary>Its size in bytes.</summary>
    public int Size => Pages * PageBytes;

    /// <summary>Bytes of the heap that it takes on a device, as they are charged to <see cref="WasmLimits.MemoryBytes"/>.</summary>
    public int BytesInUse => _blocksInUse * (BlockBytes + 20) + Blocks.Length * 12;

    /// <summary>Grows the address space, as <c>memory.grow</c> does; takes nothing of the heap.</summary>
    /// <returns>The size before in pages, or -1 where it may not grow so far.</returns>
    public int Grow(int pages)
    {
        var before = Pages;
        if (pages < 0 || pages > _mostPages - before || (Maximum >= 0 && pages > Maximum - before))
        {
            return -1;
        }

        Pages += pages;
        return before;
    }

    /// <summary>Reads a byte.</summary>
    /// <exception cref="WasmTrapException">The address lies behind the end.</exception>
    public byte ReadByte(int address)
    {
        Require(address, 1);
        return (byte)LoadByte(address);
    }

    /// <summary>Reads 4 bytes, the lowest first, of any alignment.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end.</exception>
    public int ReadInt32(int address)
    {
        Require(address, 4);
        return (int)Load(address, 4);
    }

    /// <summary>Reads 8 bytes, the lowest first, of any alignment.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end.</exception>
    public long ReadInt64(int address)
    {
        Require(address, 8);
        return Load(address, 8);
    }

    /// <summary>Reads bytes.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end.</exception>
    public void Read(int address, byte[] buffer, int offset, int count)
    {
        Require(address, count);
        for (var i = 0; i < count; i++)
        {
            buffer[offset + i] = (byte)LoadByte(address + i);
        }
    }

    /// <summary>Writes a byte.</summary>
    /// <exception cref="WasmTrapException">The address lies behind the end, or the limit of bytes is reached.</exception>
    public void WriteByte(int address, byte value)
    {
        Require(address, 1);
        Demand(Store(address, value, 1));
    }

    /// <summary>Writes 4 bytes, the lowest first, at any alignment.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end, or the limit of bytes is reached.</exception>
    public void WriteInt32(int address, int value)
    {
        Require(address, 4);
        Demand(Store(address, value, 4));
    }

    /// <summary>Writes 8 bytes, the lowest first, at any alignment.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end, or the limit of bytes is reached.</exception>
    public void WriteInt64(int address, long value)
    {
        Require(address, 8);
        Demand(Store(address, value, 8));
    }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="WasmTrapException">An address lies behind the end, or the limit of bytes is reached.</exception>
    public void Write(int address, byte[] buffer, int offset, int count)
    {
        Require(address, count);
        Demand(StoreBytes(address, buffer, offset, count));
    }

    private static void Demand(bool done)
    {
        if (!done)
        {
            throw new WasmTrapException(WasmTrapKind.OutOfMemory);
        }
    }

    private void Require(int address, int count)
    {
        if (!Holds(address, count))
        {
            throw new WasmTrapException(WasmTrapKind.OutOfBoundsMemoryAccess);
        }
    }
}
