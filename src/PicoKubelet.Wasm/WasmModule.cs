using System;

namespace PicoKubelet.Wasm;


/// <summary>A module: validated and translated, to be made an instance of.</summary>
public sealed partial class WasmModule
{
    /// <summary>How many imports it has.</summary>
    public int ImportCount => throw new NotSupportedException();

    /// <summary>An import's module.</summary>
    public string ImportModule(int index) => throw new NotSupportedException();

    /// <summary>An import's name.</summary>
    public string ImportName(int index) => throw new NotSupportedException();

    /// <summary>An import's kind.</summary>
    public WasmExternalKind ImportKind(int index) => throw new NotSupportedException();

    /// <summary>How many exports it has.</summary>
    public int ExportCount => throw new NotSupportedException();

    /// <summary>An export's name.</summary>
    public string ExportName(int index) => throw new NotSupportedException();

    /// <summary>An export's kind.</summary>
    public WasmExternalKind ExportKind(int index) => throw new NotSupportedException();

    /// <summary>The index of an exported function among all functions, imports counted; -1 where there is none of this name.</summary>
    public int FindFunction(string export) => throw new NotSupportedException();

    /// <summary>How many parameters a function has.</summary>
    public int ParameterCount(int function) => throw new NotSupportedException();

    /// <summary>The type of a function's parameter.</summary>
    public WasmType ParameterType(int function, int index) => throw new NotSupportedException();

    /// <summary>How many results a function has.</summary>
    public int ResultCount(int function) => throw new NotSupportedException();

    /// <summary>The type of a function's result.</summary>
    public WasmType ResultType(int function, int index) => throw new NotSupportedException();

    /// <summary>A function's name by the name section, or null.</summary>
    public string FunctionName(int function) => throw new NotSupportedException();

    /// <summary>Bytes of the module's code section.</summary>
    public int CodeSectionBytes => throw new NotSupportedException();

    /// <summary>Bytes that the translated code takes of a device's heap.</summary>
    public int CodeBytes => throw new NotSupportedException();
}
