namespace PicoKubelet.Wasm;


/// <summary>Why a call was ended; the names are those of the specification's tests.</summary>
public enum WasmTrapKind
{
    /// <summary>No trap.</summary>
    None = 0,

    /// <summary>The instruction <c>unreachable</c> was executed.</summary>
    Unreachable,

    /// <summary>An integer was divided by zero.</summary>
    IntegerDivideByZero,

    /// <summary>The least integer was divided by -1, or a float is too large for the integer.</summary>
    IntegerOverflow,

    /// <summary>Not-a-number was converted to an integer.</summary>
    InvalidConversionToInteger,

    /// <summary>An address behind the end of the memory.</summary>
    OutOfBoundsMemoryAccess,

    /// <summary>An index behind the end of a table, or of a segment.</summary>
    OutOfBoundsTableAccess,

    /// <summary>An indirect call by an index behind the end of its table.</summary>
    UndefinedElement,

    /// <summary>An indirect call of an element that holds no function.</summary>
    UninitializedElement,

    /// <summary>An indirect call of a function of another type.</summary>
    IndirectCallTypeMismatch,

    /// <summary>More calls within each other than <see cref="WasmLimits.CallDepth"/>, or more values than <see cref="WasmLimits.StackBytes"/>.</summary>
    CallStackExhausted,

    /// <summary>More bytes of memory in use than <see cref="WasmLimits.MemoryBytes"/>.</summary>
    OutOfMemory,

    /// <summary>A host function ended the call, see <see cref="WasmTrap.Text"/>.</summary>
    Host,
}
