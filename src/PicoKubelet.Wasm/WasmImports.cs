using System.Collections;

namespace PicoKubelet.Wasm;


/// <summary>A list of imports by name; what it does not hold is asked of other imports in turn.</summary>
public sealed class WasmImports : IWasmImports
{
    private readonly ArrayList _entries = new ArrayList();

    /// <summary>Adds a host function.</summary>
    public void Add(string module, string name, string signature, WasmHostHandler handler) =>
        Add(module, name, new WasmHandlerFunction(signature, handler));

    /// <summary>Adds a function, memory, global or table by name.</summary>
    public void Add(string module, string name, object external)
    {
        _entries.Add(module);
        _entries.Add(name);
        _entries.Add(external);
    }

    /// <summary>Adds all exports of an instance under a module's name.</summary>
    public void Add(string module, WasmInstance instance) => Add(module, null, instance);

    /// <summary>Adds imports that are asked for what this list does not have.</summary>
    public void Add(IWasmImports others) => Add(null, null, others);

    /// <inheritdoc/>
    public object Find(string module, string name)
    {
        for (var i = _entries.Count - 3; i >= 0; i -= 3)
        {
            var owner = (string)_entries[i];
            var external = _entries[i + 2];
            object found = null;
            if (owner == null)
            {
                found = ((IWasmImports)external).Find(module, name);
            }
            else if (owner == module)
            {
                var own = (string)_entries[i + 1];
                found = own == null ? ((WasmInstance)external).GetExport(name) : own == name ? external : null;
            }

            if (found != null)
            {
                return found;
            }
        }

        return null;
    }
}
