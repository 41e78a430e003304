namespace PicoKubelet.Wasm;


/// <summary>
/// The numbers of translated instructions. Loads, stores and numeric instructions have WebAssembly's own (0x28 to 0x3E
/// and 0x45 to 0xC4); what is here fills the gaps. Each row has an instruction and three operands a and b of 8 bits, c of
/// 16: registers (32 bits in one file of registers, 64 bits in another), constants or distances.
/// </summary>
internal static class Op
{
    public const byte Unreachable = 0x00;
    public const byte Data = 0x01;             // operands of the row before
    public const byte Br = 0x02;               // c: distance
    public const byte BrZero = 0x03;           // a: register; c: distance
    public const byte BrNotZero = 0x04;
    public const byte BrTable = 0x05;          // a: register; c: the last index; rows with two distances each, in c and in a, b
    public const byte Return = 0x06;           // c: 1 + the rows of arguments, as in all returns
    public const byte ReturnNarrow = 0x07;     // a: register of 32 bits
    public const byte ReturnWide = 0x08;       // a: register of 64 bits
    public const byte ReturnMany = 0x09;       // a, b: first register of 32 bits and how many; a row with those of 64 bits
    public const byte Call = 0x0A;             // a, b: registers for results of 32 and of 64 bits; c: function; rows of arguments
    public const byte CallIndirect = 0x0B;     // a: register; c: type; a row as that of a call
    public const byte Move = 0x0C;             // a: to; b: from
    public const byte MoveWide = 0x0D;
    public const byte Const = 0x0E;            // a: to; c, b: the lower 24 bits, the others are 0
    public const byte ConstWide = 0x0F;        // a: to; c: value
    public const byte ConstLong = 0x10;        // a: to; c: lower 16 bits; three rows with 16 bits each in c
    public const byte Select = 0x11;           // a: to; b, c: from; a row with the condition's register in a
    public const byte SelectWide = 0x12;
    public const byte GlobalGet = 0x13;        // a: register; c: global
    public const byte GlobalGetWide = 0x14;
    public const byte GlobalSet = 0x15;
    public const byte GlobalSetWide = 0x16;
    public const byte MemorySize = 0x17;       // a: to
    public const byte MemoryGrow = 0x18;       // a: to; b: pages
    public const byte Address = 0x19;          // a: to; b: from; c: offset's lower half; a row with the upper half in c
    public const byte Bulk = 0x1A;             // a, b, c: registers; a row with the instruction's number behind 0xFC in a, index in c
    public const byte TruncSaturated = 0x1B;   // to 0x22, in the order of 0xFC 0 to 7
    public const byte ConstShort = 0x23;       // a: to; c: value

    public const byte ConstFull = 0x24;        // a: to; c: lower half; a row with the upper half in c
    public const byte FarGet = 0x25;           // a: to; c: a register past the reach of 8 bits
    public const byte FarGetWide = 0x26;
    public const byte FarSet = 0x27;           // a: from; c: to
    public const byte FarSetWide = 0x3F;

    // Loads and stores add b and c without regard to 32 bits; these ten check it, in the order 0x28, 0x29, 0x2C to 0x2F,
    // 0x36, 0x37, 0x3A, 0x3B.
    public const byte WithOffset = 0xEB;
    public const byte LoadIndexed = 0xF5;      // Load32 from b times 4 plus c
    public const byte RotlShort = 0xF6;
    public const byte MulAdd = 0xF7;           // a: to which the product of b and c is added

    public const byte Load32 = 0x28;
    public const byte Load64 = 0x29;
    public const byte Store32 = 0x36;
    public const byte Store64 = 0x37;

    public const byte Add = 0x6A;
    public const byte Mul = 0x6C;
    public const byte Compare = 0x46;          // eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u
    public const byte AddShort = 0xC5;         // a: to; b: from; c: constant
    public const byte MulShort = 0xC6;
    public const byte AndShort = 0xC7;
    public const byte OrShort = 0xC8;
    public const byte XorShort = 0xC9;
    public const byte ShlShort = 0xCA;
    public const byte ShrSShort = 0xCB;
    public const byte ShrUShort = 0xCC;
    public const byte CompareShort = 0xCD;     // as Compare, to 0xD6; c: constant
    public const byte BrCompare = 0xD7;        // as Compare, to 0xE0; a, b: registers; c: distance
    public const byte BrCompareShort = 0xE1;   // as Compare, to 0xEA; a: register; b: constant; c: distance
}
