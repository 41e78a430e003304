using System;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>The modules of the .wat files beside, as <c>wat2wasm --debug-names</c> gives them, and what the tests do with them.</summary>
public static class TestModules
{
    private const string Test =
        "AGFzbQEAAAABMAlgAX8Bf2AAAX9gAn9/AX9gAn9+An5/YAAAYAJ/fwBgA39/fwBgAn18AXxgAXwBfAIZAgRob3N0BHdhaXQAAARob3N0BHBvbGwAAQMREAID" +
        "AAQAAgAFAAYGAAEABwgEBAFwAAIFBAEBAQMGBgF/AUEHCweJARIGbWVtb3J5AgABZwMAA2FkZAACBHN3YXAAAwVjb3VudAAEBHNwaW4ABQRkZWVwAAYGZGl2" +
        "aWRlAAcEbG9hZAAIBXN0b3JlAAkEZ3JvdwAKBGZpbGwACwRjb3B5AAwEd2FpdAANBHBvbGwADghpbmRpcmVjdAAPBWZsb2F0ABAHbmVhcmVzdAARCQcBAEEA" +
        "CwECCqwBEAcAIAAgAWoLBgAgASAACxcBAX8DQCABQQFqIQEgASAASQ0ACyABCwcAA0AMAAsLFQAgAEUEf0EABUEBIABBAWsQBmoLCwcAIAAgAW0LBwAgACgC" +
        "BAsJACAAIAE6AAALBgAgAEAACwsAIAAgASAC/AsACwwAIAAgASAC/AoAAAsKACAAEABB5ABqCwQAEAELCwBBA0EEIAARAgALCQAgAJG7IAGiCwUAIACeCwBU" +
        "BG5hbWUBIAUABHdhaXQBBHBvbGwCA2FkZAYEZGVlcAcGZGl2aWRlAiUSAAABAAIAAwAEAAUABgAHAAgACQAKAAsADAANAA4ADwAQABEABwQBAAFn";

    private const string Wasi =
        "AGFzbQEAAAABHQRgBH9/f38Bf2ABfwBgCX9/f39/fn5/fwF/YAAAAo4BBBZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAAWd2FzaV9zbmFwc2hv" +
        "dF9wcmV2aWV3MQtwb2xsX29uZW9mZgAAFndhc2lfc25hcHNob3RfcHJldmlldzEJcHJvY19leGl0AAEWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQlwYXRoX29w" +
        "ZW4AAgMCAQMFAwEAAQcTAgZtZW1vcnkCAAZfc3RhcnQABApVAVMAQQBBwAA2AgBBBEEGNgIAQQFBAEEBQQgQABpBkAFBATYCAEGYAUKA5JfQEjcDAEGAAUGA" +
        "AkEBQQwQARpBAEEAQQBBAEEAQgBCAEEAQQAQAxACCwsNAQBBwAALBmhlbGxvCg==";

    public static byte[] TestBytes() => Convert.FromBase64String(Test);

    public static byte[] WasiBytes() => Convert.FromBase64String(Wasi);

    public static WasmInstance Instance(WasmLimits limits, HostFunctions host) =>
        new WasmInstance(WasmLoader.Load(TestBytes(), limits), host.Imports(), limits);

    /// <summary>Calls an export and runs it to its end.</summary>
    public static WasmStatus Call(WasmInstance instance, string export, params long[] arguments)
    {
        instance.Begin(instance.Module.FindFunction(export), arguments);
        var status = instance.Run(100);
        while (status == WasmStatus.OutOfFuel)
        {
            status = instance.Run(100);
        }

        return status;
    }

    /// <summary>Calls an export that returns a number of 32 bits.</summary>
    public static int Result(WasmInstance instance, string export, params long[] arguments)
    {
        var status = Call(instance, export, arguments);
        if (status != WasmStatus.Finished)
        {
            throw new Exception(export + " ended with status " + (int)status + " " + instance.Trap);
        }

        return (int)instance.ResultBits(0);
    }
}
