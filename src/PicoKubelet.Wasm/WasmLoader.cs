using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// Reads, validates and translates a module in slices: a caller's loop calls <see cref="Step"/> until it says true.
/// Nothing of the module's code is kept but its translation.
/// </summary>
public sealed class WasmLoader
{
    /// <summary>Begins to load.</summary>
    /// <param name="source">The module's bytes, read front to back once.</param>
    /// <param name="limits">What the module may have.</param>
    public WasmLoader(IWasmSource source, WasmLimits limits)
    {
        throw new NotSupportedException();
    }

    /// <summary>The module once <see cref="Step"/> has returned true, before that null.</summary>
    public WasmModule Module { get; private set; }

    /// <summary>Reads on for about so many bytes.</summary>
    /// <returns>True when the module is loaded.</returns>
    /// <exception cref="WasmLoadException">The module is refused; the loader is of no more use.</exception>
    public bool Step(int bytes) => throw new NotSupportedException();

    /// <summary>Loads a module in one go.</summary>
    /// <exception cref="WasmLoadException">The module is refused.</exception>
    public static WasmModule Load(byte[] bytes, WasmLimits limits)
    {
        var loader = new WasmLoader(new WasmBytes(bytes), limits);
        while (!loader.Step(int.MaxValue))
        {
        }

        return loader.Module;
    }
}
