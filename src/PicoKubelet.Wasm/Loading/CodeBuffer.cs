using System;

namespace PicoKubelet.Wasm;

/// <summary>The rows of translated code while they grow: an array for the instructions and one for each operand.</summary>
internal sealed class CodeBuffer
{
    /// <summary>The most that a row can tell of the bytes since the row before.</summary>
    public const int MostDelta = 15;

    public byte[] Op;
    public byte[] A;
    public byte[] B;
    public short[] C;
    public byte[] Offsets;
    public int Count;

    public CodeBuffer(bool offsets)
    {
        Op = new byte[0];
        A = Op;
        B = Op;
        C = new short[0];
        Offsets = offsets ? new byte[0] : null;
    }

    /// <summary>Adds a row; the delta are the bytes of the module since the row before.</summary>
    public int Add(int op, int a, int b, int c, int delta)
    {
        var row = Count;
        if (row == Op.Length)
        {
            Resize(row + (row >> 3) + 32);
        }

        Op[row] = (byte)op;
        A[row] = (byte)a;
        B[row] = (byte)b;
        C[row] = (short)c;
        if (Offsets != null)
        {
            Offsets[row >> 1] = (byte)((row & 1) == 0 ? delta : Offsets[row >> 1] | (delta << 4));
        }

        Count = row + 1;
        return row;
    }

    /// <summary>Takes the last row away.</summary>
    /// <returns>Its delta.</returns>
    public int Remove()
    {
        Count--;
        return Offsets == null ? 0 : (Offsets[Count >> 1] >> ((Count & 1) << 2)) & MostDelta;
    }

    /// <summary>Makes room for rows, or gives back what is not used; array by array, so that little is there twice.</summary>
    public void Resize(int rows)
    {
        Op = Resized(Op, rows, Count);
        A = Resized(A, rows, Count);
        B = Resized(B, rows, Count);
        if (Offsets != null)
        {
            Offsets = Resized(Offsets, (rows + 1) >> 1, (Count + 1) >> 1);
        }

        var c = new short[rows];
        Array.Copy(C, c, Count);
        C = c;
    }

    private static byte[] Resized(byte[] old, int length, int used)
    {
        var array = new byte[length];
        Array.Copy(old, array, used);
        return array;
    }
}
