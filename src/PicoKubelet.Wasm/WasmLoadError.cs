namespace PicoKubelet.Wasm;


/// <summary>Why a module was refused.</summary>
public enum WasmLoadError
{
    /// <summary>The bytes are no module: truncated, a wrong tag, a number that is too long.</summary>
    Malformed,

    /// <summary>The module breaks the rules of validation.</summary>
    Invalid,

    /// <summary>The module needs a feature that this engine lacks; the message names it.</summary>
    Unsupported,

    /// <summary>The module is larger than one of the <see cref="WasmLimits"/>; the message names it.</summary>
    Limit,
}
