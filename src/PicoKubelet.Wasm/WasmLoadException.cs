using System;

namespace PicoKubelet.Wasm;


/// <summary>A module was refused. The message holds the section's name and the offset.</summary>
public sealed class WasmLoadException : Exception
{
    /// <summary>A refusal.</summary>
    public WasmLoadException(WasmLoadError error, string reason, string section, int offset)
        : base(reason + " (" + section + ", offset " + offset + ")")
    {
        Error = error;
        Reason = reason;
        Section = section;
        Offset = offset;
    }

    /// <summary>The kind of error.</summary>
    public WasmLoadError Error { get; }

    /// <summary>What is wrong, in words close to the specification's.</summary>
    public string Reason { get; }

    /// <summary>The section in which it was found: "header", "type", "import", "code", …</summary>
    public string Section { get; }

    /// <summary>The byte of the module at which reading stopped.</summary>
    public int Offset { get; }
}
