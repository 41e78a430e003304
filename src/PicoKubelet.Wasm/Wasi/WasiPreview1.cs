using System;

namespace PicoKubelet.Wasm;


/// <summary>The functions of WASI preview 1: those that a program without files needs, all others answer ENOSYS.</summary>
public sealed class WasiPreview1 : IWasmImports
{
    /// <summary>The functions over a host.</summary>
    /// <param name="host">Clock, random numbers and log.</param>
    /// <param name="arguments">The program's arguments, its name first; ASCII.</param>
    /// <param name="environment">Its environment, <c>NAME=value</c> each; ASCII.</param>
    public WasiPreview1(IWasiHost host, string[] arguments, string[] environment)
    {
        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public object Find(string module, string name) => throw new NotSupportedException();
}
