using System;

namespace PicoKubelet.Wasm;


/// <summary>The rows of translated code while they grow: an array for the instructions and one for each operand.</summary>
internal sealed class CodeBuffer
{
    public byte[] Op;
    public short[] A;
    public short[] B;
    public short[] C;
    public byte[] Offsets;
    public int Count;

    public CodeBuffer(int rows, bool offsets)
    {
        Op = new byte[rows];
        A = new short[rows];
        B = new short[rows];
        C = new short[rows];
        Offsets = offsets ? new byte[rows] : null;
    }

    /// <summary>Adds a row; the delta are the bytes of the module since the row before.</summary>
    public int Add(byte op, int a, int b, int c, int delta)
    {
        var row = Count;
        if (row == Op.Length)
        {
            Resize(row + (row >> 2) + 32);
        }

        Op[row] = op;
        A[row] = (short)a;
        B[row] = (short)b;
        C[row] = (short)c;
        if (Offsets != null)
        {
            Offsets[row] = (byte)delta;
        }

        Count = row + 1;
        return row;
    }

    /// <summary>Gives back what is not used; array by array, so that little is there twice.</summary>
    public void Resize(int rows)
    {
        if (rows == Op.Length)
        {
            return;
        }

        var op = new byte[rows];
        Array.Copy(Op, op, Count);
        Op = op;
        A = Resized(A, rows);
        B = Resized(B, rows);
        C = Resized(C, rows);
        if (Offsets != null)
        {
            var offsets = new byte[rows];
            Array.Copy(Offsets, offsets, Count);
            Offsets = offsets;
        }
    }

    private short[] Resized(short[] old, int rows)
    {
        var array = new short[rows];
        Array.Copy(old, array, Count);
        return array;
    }
}
