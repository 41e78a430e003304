using System;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>The modules of the .wat files beside, as <c>wat2wasm --debug-names</c> gives them, and what the tests do with them.</summary>
public static class TestModules
{
    private const string Test =
        "AGFzbQEAAAABMAlgAX8Bf2AAAX9gAn9/AX9gAn9+An5/YAAAYAJ/fwBgA39/fwBgAn18AXxgAXwBfAIZAgRob3N0BHdhaXQAAARob3N0BHBvbGwAAQMSEQIDAAQA" +
        "AgAFAAYGAAEABwgFBAQBcAACBQQBAQEDBgYBfwFBBwsHkQETBm1lbW9yeQIAAWcDAANhZGQAAgRzd2FwAAMFY291bnQABARzcGluAAUEZGVlcAAGBmRpdmlkZQAH" +
        "BGxvYWQACAVzdG9yZQAJBGdyb3cACgRmaWxsAAsEY29weQAMBHdhaXQADQRwb2xsAA4IaW5kaXJlY3QADwVmbG9hdAAQB25lYXJlc3QAEQVmaWxscwASCQcBAEEA" +
        "CwECCsQBEQcAIAAgAWoLBgAgASAACxcBAX8DQCABQQFqIQEgASAASQ0ACyABCwcAA0AMAAsLFQAgAEUEf0EABUEBIABBAWsQBmoLCwcAIAAgAW0LBwAgACgCBAsJ" +
        "ACAAIAE6AAALBgAgAEAACwsAIAAgASAC/AsACwwAIAAgASAC/AoAAAsKACAAEABB5ABqCwQAEAELCwBBA0EEIAARAgALCQAgAJG7IAGiCwUAIACeCxcAA0BBAEEA" +
        "IAH8CwAgAEEBayIADQALCwBWBG5hbWUBIAUABHdhaXQBBHBvbGwCA2FkZAYEZGVlcAcGZGl2aWRlAicTAAABAAIAAwAEAAUABgAHAAgACQAKAAsADAANAA4ADwAQ" +
        "ABEAEgAHBAEAAWc=";

    private const string Wasi =
        "AGFzbQEAAAABHQRgBH9/f38Bf2ABfwBgCX9/f39/fn5/fwF/YAAAAo4BBBZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAAWd2FzaV9zbmFwc2hv" +
        "dF9wcmV2aWV3MQtwb2xsX29uZW9mZgAAFndhc2lfc25hcHNob3RfcHJldmlldzEJcHJvY19leGl0AAEWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQlwYXRoX29w" +
        "ZW4AAgMCAQMFAwEAAQcTAgZtZW1vcnkCAAZfc3RhcnQABApVAVMAQQBBwAA2AgBBBEEGNgIAQQFBAEEBQQgQABpBkAFBATYCAEGYAUKA5JfQEjcDAEGAAUGA" +
        "AkEBQQwQARpBAEEAQQBBAEEAQgBCAEEAQQAQAxACCwsNAQBBwAALBmhlbGxvCg==";

    private const string StateProgram =
        "AGFzbQEAAAABGgVgAn9+AX5gAX8Bf2AAAX9gAn9+An5/YAAAAhkCBGhvc3QEd2FpdAABBGhvc3QEcG9sbAACAwcGAAAAAwMEBAQBcAADBQQBAQEEBiUFfwFBgCALfgFCewt9" +
        "AUMAAAA/C3wBRJx1AIg85Dd+C38AQQMLByAEBm1lbW9yeQIAA3N1bQMBA3J1bgAGB3Jlc3RhcnQABwkNAgBBAAsCAgMBAAIDAgwBAgqaAgYIACABIACtfAsKACABIAAQAK1+" +
        "CzcAIABFBEAgARABrHwPCyAAIAEgAEEBcREAACEBIABBsAlsIAE3AwAgASAAQQFrIAFCCYkQBIULuwECAX8BfEQAAAAAAADwPyEDIwBBEGskAANAIAJBB3EgARAEIQEgA0QA" +
        "AAAAAAD4P6IhAyMCQwAAgD6SJAIjAyADoyQDIAJBBUYEQEECQAAaQfCiBEEHNgIAQbj/B0EAQQT8CAEA/AkBQQBBAEEC/AwBAPwNAUH9B0EAOgAACyACQQFqIQIgAiAASQ0A" +
        "CyMAQRBqJAAjASABfCQBQRAgAzkDAEEYIwM5AwBBICMCOAIAQSQjADYCACABIAILCwAgACMEbCABEAULAwAACwtJAgBB/AcLPGEgY29uc3RhbnQgdGV4dCB0aGF0IG5vIHN0" +
        "YXRlIG5lZWRzLCBvdmVyIHRoZSBlbmQgb2YgYSBibG9jawEEbGF0ZQ==";

    private const string Files =
        "AGFzbQEAAAABMAZgAn9/AX9gA39/fwF/YAl/f39/f35+f38Bf2AEf39/fwF/YAR/fn9/AX9gAX8BfwLHAgkWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQ5mZF9wcmVz" +
        "dGF0X2dldAAAFndhc2lfc25hcHNob3RfcHJldmlldzETZmRfcHJlc3RhdF9kaXJfbmFtZQABFndhc2lfc25hcHNob3RfcHJldmlldzEJcGF0aF9vcGVuAAIWd2Fz" +
        "aV9zbmFwc2hvdF9wcmV2aWV3MQdmZF9yZWFkAAMWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQdmZF9zZWVrAAQWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQdmZF90ZWxs" +
        "AAAWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQhmZF9jbG9zZQAFFndhc2lfc25hcHNob3RfcHJldmlldzENZmRfZmRzdGF0X2dldAAAFndhc2lfc25hcHNob3RfcHJl" +
        "dmlldzEIZmRfd3JpdGUAAwUDAQABB4EBCgZtZW1vcnkCAA5mZF9wcmVzdGF0X2dldAAAE2ZkX3ByZXN0YXRfZGlyX25hbWUAAQlwYXRoX29wZW4AAgdmZF9yZWFk" +
        "AAMHZmRfc2VlawAEB2ZkX3RlbGwABQhmZF9jbG9zZQAGDWZkX2Zkc3RhdF9nZXQABwhmZF93cml0ZQAIAIsBBG5hbWUBbwkADmZkX3ByZXN0YXRfZ2V0ARNmZF9w" +
        "cmVzdGF0X2Rpcl9uYW1lAglwYXRoX29wZW4DB2ZkX3JlYWQEB2ZkX3NlZWsFB2ZkX3RlbGwGCGZkX2Nsb3NlBw1mZF9mZHN0YXRfZ2V0CAhmZF93cml0ZQITCQAA" +
        "AQACAAMABAAFAAYABwAIAA==";

    public static byte[] FilesBytes() => Convert.FromBase64String(Files);

    public static byte[] TestBytes() => Convert.FromBase64String(Test);

    public static byte[] WasiBytes() => Convert.FromBase64String(Wasi);

    public static WasmInstance Instance(WasmLimits limits, HostFunctions host) =>
        new WasmInstance(WasmLoader.Load(TestBytes(), limits), host.Imports(), limits);

    /// <summary>An instance of StateModule.wat.</summary>
    public static WasmInstance State(WasmLimits limits, HostFunctions host) =>
        new WasmInstance(WasmLoader.Load(Convert.FromBase64String(StateProgram), limits), host.Imports(), limits);

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
