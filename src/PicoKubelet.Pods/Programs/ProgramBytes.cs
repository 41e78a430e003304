using System;
using PicoKubelet.Storage;
using PicoKubelet.Text;
using PicoKubelet.Wasm;

namespace PicoKubelet.Programs;

/// <summary>The bytes of a program, in small blocks: a heap in pieces has no room for many kilobytes at once.</summary>
public sealed class ProgramBytes : IByteSink
{
    private const int BlockBytes = 512;
    private const int FirstBlocks = 4;
    private const int MaxImportBytes = 4096;

    private readonly int _maxBytes;
    private byte[][] _blocks = new byte[FirstBlocks][];

    /// <summary>Initializes the program; it is empty.</summary>
    /// <param name="maxBytes">How many bytes it may have.</param>
    public ProgramBytes(int maxBytes)
    {
        _maxBytes = maxBytes;
    }

    /// <summary>Gets how many bytes it has.</summary>
    public int Length { get; private set; }

    /// <summary>Gets whether there were more than it may have.</summary>
    public bool IsTooLarge { get; private set; }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        if (count > _maxBytes - Length)
        {
            IsTooLarge = true;
            return;
        }

        while (count > 0)
        {
            int within = Length % BlockBytes;
            byte[] block = within == 0 ? AddBlock(Length / BlockBytes) : _blocks[Length / BlockBytes];
            int take = BlockBytes - within;
            take = take < count ? take : count;
            Array.Copy(buffer, offset, block, within, take);
            Length += take;
            offset += take;
            count -= take;
        }
    }

    /// <summary>Gets a source of the bytes, from the first on.</summary>
    /// <returns>The source.</returns>
    public IWasmSource Open()
    {
        return new ProgramSource(this);
    }

    /// <summary>Hands the bytes to a sink, a block at a time.</summary>
    /// <param name="sink">Where they go.</param>
    public void WriteTo(IByteSink sink)
    {
        for (int done = 0; done < Length; done += BlockBytes)
        {
            int left = Length - done;
            sink.Write(_blocks[done / BlockBytes], 0, left < BlockBytes ? left : BlockBytes);
        }
    }

    /// <summary>Makes the digest of the bytes.</summary>
    /// <returns>Their SHA-256.</returns>
    public byte[] MakeDigest()
    {
        Sha256 sha = new Sha256();
        WriteTo(sha);
        return sha.End();
    }

    /// <summary>Looks whether a word is where a module names its imports: in front, behind the types.</summary>
    /// <param name="word">The word, whose first letter is in it once.</param>
    internal bool Imports(string word)
    {
        int same = 0;
        for (int i = 0; i < Length && i < MaxImportBytes && same < word.Length; i++)
        {
            byte letter = _blocks[i / BlockBytes][i % BlockBytes];
            same = letter == word[same] ? same + 1 : letter == word[0] ? 1 : 0;
        }

        return same == word.Length;
    }

    internal int Read(int position, byte[] buffer, int offset, int count)
    {
        int within = position % BlockBytes;
        int take = BlockBytes - within;
        take = take < count ? take : count;
        take = take < Length - position ? take : Length - position;
        if (take > 0)
        {
            Array.Copy(_blocks[position / BlockBytes], within, buffer, offset, take);
        }

        return take;
    }

    private byte[] AddBlock(int index)
    {
        if (index == _blocks.Length)
        {
            byte[][] longer = new byte[index * 2][];
            for (int i = 0; i < index; i++)
            {
                longer[i] = _blocks[i];
            }

            _blocks = longer;
        }

        byte[] block = new byte[BlockBytes];
        _blocks[index] = block;
        return block;
    }
}
