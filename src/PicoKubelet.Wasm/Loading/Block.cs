namespace PicoKubelet.Wasm;


/// <summary>A block that is open while a function is translated.</summary>
internal sealed class Block
{
    public const int Function = 0;
    public const int Plain = 1;
    public const int Loop = 2;
    public const int If = 3;
    public const int Else = 4;

    public int Kind;

    // Index of its type; or -1 for neither parameters nor results, or the negative number of its result's type.
    public int Type;

    // The operands below it: how many, and the first free register of either file.
    public int Height;
    public int Narrow;
    public int Wide;

    // Nothing is executed behind a jump: operands of any type are there. Dead: nor was it where the block began.
    public bool Unreachable;
    public bool Dead;

    // The loop's first row; the last row that jumps to the block's end; the row that jumps to the else.
    public int Start;
    public int Jumps;
    public int ElseJump;

    // The row that a br_table jumps to for this block.
    public int Stub;
}
