namespace PicoKubelet.Wasm;


/// <summary>A module: validated and translated, to be made an instance of.</summary>
public sealed partial class WasmModule
{
    /// <summary>How many imports it has.</summary>
    public int ImportCount => ImportKinds.Length;

    /// <summary>How many exports it has.</summary>
    public int ExportCount => ExportKinds.Length;

    /// <summary>Bytes of the module's code section.</summary>
    public int CodeSectionBytes { get; internal set; }

    /// <summary>Bytes that the translated code takes of a device's heap.</summary>
    public int CodeBytes => OpCodes.Length * 5 + (Offsets == null ? 0 : Offsets.Length);

    /// <summary>An import's module.</summary>
    public string ImportModule(int index) => ImportNames[index * 2];

    /// <summary>An import's name.</summary>
    public string ImportName(int index) => ImportNames[index * 2 + 1];

    /// <summary>An import's kind.</summary>
    public WasmExternalKind ImportKind(int index) => (WasmExternalKind)ImportKinds[index];

    /// <summary>An export's name.</summary>
    public string ExportName(int index) => ExportNames[index];

    /// <summary>An export's kind.</summary>
    public WasmExternalKind ExportKind(int index) => (WasmExternalKind)ExportKinds[index];

    /// <summary>The index of an exported function among all functions, imports counted; -1 where there is none of this name.</summary>
    public int FindFunction(string export)
    {
        for (var i = 0; i < ExportKinds.Length; i++)
        {
            if (ExportKinds[i] == (byte)WasmExternalKind.Function && ExportNames[i] == export)
            {
                return ExportIndices[i];
            }
        }

        return -1;
    }

    /// <summary>How many parameters a function has.</summary>
    public int ParameterCount(int function) => Types.ParameterCount(FunctionTypes[function]);

    /// <summary>The type of a function's parameter.</summary>
    public WasmType ParameterType(int function, int index) => (WasmType)Types.Parameter(FunctionTypes[function], index);

    /// <summary>How many results a function has.</summary>
    public int ResultCount(int function) => Types.ResultCount(FunctionTypes[function]);

    /// <summary>The type of a function's result.</summary>
    public WasmType ResultType(int function, int index) => (WasmType)Types.Result(FunctionTypes[function], index);

    /// <summary>A function's name by the name section, or null.</summary>
    public string FunctionName(int function) => Names == null ? null : NameSection.Find(Names, function);
}
