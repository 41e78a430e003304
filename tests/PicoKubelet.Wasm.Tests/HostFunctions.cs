using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>The host functions of TestModule.wat: one that waits with its result, one that is asked until it has one.</summary>
public class HostFunctions
{
    /// <summary>Calls of <c>poll</c> that are still to wait.</summary>
    public int Polls { get; set; }

    /// <summary>How often <c>poll</c> was called.</summary>
    public int Polled { get; private set; }

    public WasmImports Imports()
    {
        var imports = new WasmImports();
        imports.Add("host", "wait", "i:i", Wait);
        imports.Add("host", "poll", ":i", Poll);
        return imports;
    }

    private void Wait(WasmHostCall call)
    {
        call.WaitUntil(call.GetInt32(0) * 10);
        call.SetInt32(call.GetInt32(0) + 1);
    }

    private void Poll(WasmHostCall call)
    {
        Polled++;
        if (Polls-- > 0)
        {
            call.RetryAt(Polled);
            return;
        }

        call.SetInt32(42);
    }
}
