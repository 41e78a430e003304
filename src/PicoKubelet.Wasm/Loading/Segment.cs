namespace PicoKubelet.Wasm;


/// <summary>A segment of data, or of a table's elements.</summary>
internal sealed class Segment
{
    public const byte Active = 0;
    public const byte Passive = 1;
    public const byte Declared = 2;

    public byte Mode;

    // Where an active one goes: a constant, or a global's index.
    public bool OffsetIsGlobal;
    public int Offset;

    public byte[] Bytes;

    // Functions plus one; 0 for null.
    public short[] Functions;
}
