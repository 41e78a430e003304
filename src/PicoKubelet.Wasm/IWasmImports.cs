namespace PicoKubelet.Wasm;


/// <summary>Answers what a module imports.</summary>
public interface IWasmImports
{
    /// <summary>
    /// Finds an import: a <see cref="WasmHostFunction"/> or <see cref="WasmFunction"/>, a <see cref="WasmMemory"/>,
    /// a <see cref="WasmGlobal"/> or a <see cref="WasmTable"/>.
    /// </summary>
    /// <returns>What the name stands for, or null; its type is checked by the caller.</returns>
    object Find(string module, string name);
}
