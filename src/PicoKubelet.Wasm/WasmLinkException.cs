using System;

namespace PicoKubelet.Wasm;


/// <summary>An import is missing or of another type than the module asks for, or there is no such export.</summary>
public sealed class WasmLinkException : Exception
{
    /// <summary>A failed link.</summary>
    public WasmLinkException(string message) : base(message)
    {
    }
}
