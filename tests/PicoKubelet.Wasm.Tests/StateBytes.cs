using System;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>A state in memory.</summary>
internal sealed class StateBytes : WasmState
{
    private int _position;

    /// <summary>One to be written.</summary>
    public StateBytes()
        : base(false)
    {
        Bytes = new byte[0];
    }

    /// <summary>One to be read.</summary>
    public StateBytes(byte[] bytes, int count)
        : base(true)
    {
        Bytes = bytes;
        Count = count;
    }

    public byte[] Bytes { get; private set; }

    public int Count { get; private set; }

    /// <summary>Gets what an instance has come to.</summary>
    public static byte[] Of(WasmInstance instance)
    {
        var state = new StateBytes();
        instance.Pass(state);
        state.Flush();
        if (state.HasFailed)
        {
            throw new Exception("not kept");
        }

        return state.Bytes;
    }

    protected override int Transfer(byte[] buffer, int count)
    {
        if (IsReading)
        {
            // In pieces.
            var piece = Count - _position < 5 ? Count - _position : 5;
            Array.Copy(Bytes, _position, buffer, 0, piece);
            _position += piece;
            return piece;
        }

        var longer = new byte[Count + count];
        Array.Copy(Bytes, longer, Count);
        Array.Copy(buffer, 0, longer, Count, count);
        Bytes = longer;
        Count += count;
        return count;
    }
}
