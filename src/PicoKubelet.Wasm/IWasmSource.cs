namespace PicoKubelet.Wasm;


/// <summary>Where a module's bytes come from, front to back.</summary>
public interface IWasmSource
{
    /// <summary>Reads the next bytes.</summary>
    /// <returns>How many were read, at least one; 0 at the end.</returns>
    int Read(byte[] buffer, int offset, int count);
}
