using System;

namespace PicoKubelet.Wasm;


/// <content>The blocks, as the interpreter needs them: no checks of the memory's end but where a name says so.</content>
public sealed partial class WasmMemory
{
    /// <summary>Whether bytes from an unsigned address on lie within the memory.</summary>
    internal bool Holds(int address, int count) => count >= 0 && address >= 0 && address <= Size - count;

    /// <summary>Whether bytes at an unsigned address and offset lie within the memory.</summary>
    internal bool Holds(int address, int offset, int count) => (long)(uint)address + (uint)offset + (uint)count <= Size;

    internal int LoadByte(int address) =>
        address >= End ? 0 : (Blocks[address >> BlockShift][(address >> 2) & LastWord] >> ((address & 3) << 3)) & 255;

    /// <summary>1, 2, 4 or 8 bytes, the upper bits 0.</summary>
    internal long Load(int address, int count)
    {
        long value = 0;
        for (var i = count - 1; i >= 0; i--)
        {
            value = (value << 8) | (long)(uint)LoadByte(address + i);
        }

        return value;
    }

    /// <summary>Stores the lower bytes of a value; false where the limit is reached.</summary>
    internal bool Store(int address, long value, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!StoreByte(address + i, (int)value & 255))
            {
                return false;
            }

            value >>= 8;
        }

        return true;
    }

    internal bool StoreByte(int address, int value)
    {
        var block = BlockFor(address, value != 0);
        if (block == null)
        {
            return value == 0;
        }

        var word = (address >> 2) & LastWord;
        var shift = (address & 3) << 3;
        block[word] = (block[word] & ~(255 << shift)) | (value << shift);
        return true;
    }

    internal bool StoreBytes(int address, byte[] buffer, int offset, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!StoreByte(address + i, buffer[offset + i]))
            {
                return false;
            }
        }

        return true;
    }

    internal bool Fill(int address, int value, int count)
    {
        var word = (value & 255) * 0x01010101;
        while (count > 0)
        {
            if ((address & 3) != 0 || count < 4)
            {
                if (!StoreByte(address, word & 255))
                {
                    return false;
                }

                address++;
                count--;
                continue;
            }

            var words = Within(address, count) >> 2;
            var block = BlockFor(address, word != 0);
            if (block == null && word != 0)
            {
                return false;
            }

            if (block != null)
            {
                FillWords(block, (address >> 2) & LastWord, words, word);
            }

            address += words << 2;
            count -= words << 2;
        }

        return true;
    }

    /// <summary>Copies within the memory, right where source and destination overlap: to a higher address from the end on.</summary>
    internal bool Copy(int to, int from, int count)
    {
        var backwards = to > from;
        while (count > 0)
        {
            // What lies in one block at either side.
            var length = backwards ? Before(to + count, Before(from + count, count)) : Within(to, Within(from, count));
            var start = backwards ? count - length : 0;
            var source = from + start < End ? Blocks[(from + start) >> BlockShift] : Zeros;
            var block = BlockFor(to + start, source != Zeros);
            if (block != null)
            {
                CopyWithin(source, from + start, block, to + start, length, backwards);
            }
            else if (source != Zeros)
            {
                return false;
            }

            if (!backwards)
            {
                to += length;
                from += length;
            }

            count -= length;
        }

        return true;
    }

    // From block to block: whole words where both are aligned alike, the rest as bytes.
    private static void CopyWithin(int[] source, int from, int[] block, int to, int count, bool backwards)
    {
        if (((from ^ to) & 3) != 0 || count < 8)
        {
            CopyBytes(source, from, block, to, count, backwards);
            return;
        }

        var head = -from & 3;
        var words = (count - head) >> 2;
        var tail = count - head - (words << 2);
        var end = count - tail;
        CopyBytes(source, backwards ? from + end : from, block, backwards ? to + end : to, backwards ? tail : head, backwards);
        Array.Copy(source, ((from + head) >> 2) & LastWord, block, ((to + head) >> 2) & LastWord, words);
        CopyBytes(source, backwards ? from : from + end, block, backwards ? to : to + end, backwards ? head : tail, backwards);
    }

    private static void CopyBytes(int[] source, int from, int[] block, int to, int count, bool backwards)
    {
        var step = 1;
        if (backwards)
        {
            from += count - 1;
            to += count - 1;
            step = -1;
        }

        for (; count > 0; count--)
        {
            var value = (source[(from >> 2) & LastWord] >> ((from & 3) << 3)) & 255;
            var word = (to >> 2) & LastWord;
            var shift = (to & 3) << 3;
            block[word] = (block[word] & ~(255 << shift)) | (value << shift);
            from += step;
            to += step;
        }
    }

    private static void FillWords(int[] block, int first, int count, int word)
    {
        if (word == 0)
        {
            Array.Clear(block, first, count);
            return;
        }

        for (var i = first; i < first + count; i++)
        {
            block[i] = word;
        }
    }

    // How many of the bytes lie in the block of the address.
    private static int Within(int address, int count)
    {
        var rest = BlockBytes - (address & (BlockBytes - 1));
        return count < rest ? count : rest;
    }

    // How many of the bytes that end at an address lie in the block of the last of them.
    private static int Before(int end, int count)
    {
        var before = ((end - 1) & (BlockBytes - 1)) + 1;
        return count < before ? count : before;
    }

    /// <summary>
    /// The block to write to; where it was never written, a new one if <paramref name="needed"/>. Null where there is
    /// none: not needed, or past the limit.
    /// </summary>
    internal int[] BlockFor(int address, bool needed)
    {
        var index = address >> BlockShift;
        if (index < Blocks.Length && Blocks[index] != Zeros)
        {
            return Blocks[index];
        }

        if (!needed || !Cover(index) || BytesInUse + BlockBytes + 20 > _mostBytes)
        {
            return null;
        }

        _blocksInUse++;
        return Blocks[index] = new int[BlockWords];
    }

    // Makes the list long enough for a block: as long as needed and a quarter, for it is copied each time.
    private bool Cover(int index)
    {
        var length = Blocks.Length;
        if (index < length)
        {
            return true;
        }

        var wanted = index + 1 + (index >> 2);
        var most = Pages * (PageBytes / BlockBytes);
        if (wanted > most)
        {
            wanted = most;
        }

        if (BytesInUse + (wanted - length) * 12 > _mostBytes)
        {
            wanted = index + 1;
            if (BytesInUse + (wanted - length) * 12 > _mostBytes)
            {
                return false;
            }
        }

        var blocks = new int[wanted][];
        Array.Copy(Blocks, blocks, length);
        for (var i = length; i < wanted; i++)
        {
            blocks[i] = Zeros;
        }

        Blocks = blocks;
        End = wanted << BlockShift;
        return true;
    }
}
