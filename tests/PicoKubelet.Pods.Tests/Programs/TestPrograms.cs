using System;
using PicoKubelet.Programs;

namespace PicoKubelet.Tests.Programs;

/// <summary>The programs of the .wat files beside, as wat2wasm gives them.</summary>
internal static class TestPrograms
{
    public const string Blink =
        "AGFzbQEAAAABDgNgAn9/AX9gAX8AYAAAAiICBHBpY28JcGluX3dyaXRlAAAEcGljbwhzbGVlcF9tcwABAwIBAgcKAQZfc3RhcnQAAgohAR8BAX8DQCAAQQFz" +
        "IQBBAiAAEAAEQAALQfQDEAEMAAsL";

    public const string Hello =
        "AGFzbQEAAAABEgNgBH9/f38Bf2ACf38Bf2AAAAJzAxZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAAWd2FzaV9zbmFwc2hvdF9wcmV2aWV3MQtl" +
        "bnZpcm9uX2dldAABFndhc2lfc25hcHNob3RfcHJldmlldzERZW52aXJvbl9zaXplc19nZXQAAQMCAQIFAwEAAQcTAgZtZW1vcnkCAAZfc3RhcnQAAwpBAT8A" +
        "QQBBwAA2AgBBBEEGNgIAQQFBAEEBQQgQABpBEEEEEAIaQYABQYACEAEaQQBBgAI2AgBBAUEAQQFBCBAAGgsLDQEAQcAACwZoZWxsbwo=";

    public const string Fail =
        "AGFzbQEAAAABCAJgAX8AYAAAAiQBFndhc2lfc25hcHNob3RfcHJldmlldzEJcHJvY19leGl0AAADAgEBBwoBBl9zdGFydAABCggBBgBBAxAACw==";

    public const string Spin =
        "AGFzbQEAAAABBAFgAAADAgEABwoBBl9zdGFydAAACgkBBwADQAwACws=";

    public const string Greedy =
        "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHCgEGX3N0YXJ0AAAKIQEfAQF/A0AgAEEBNgIAIABBgARqIQAgAEGAgARJDQALCw==";

    public const string Trap =
        "AGFzbQEAAAABBAFgAAADAgEABwoBBl9zdGFydAAACgUBAwAACw==";

    public const string Polite =
        "AGFzbQEAAAABEQRgAAF/YAF/AGACf38AYAAAAjIDBHBpY28Oc3RvcF9yZXF1ZXN0ZWQAAARwaWNvCHNsZWVwX21zAAEEcGljbwNsb2cAAgMCAQMFAwEAAQcT" +
        "AgZtZW1vcnkCAAZfc3RhcnQAAwoeARwAQQBBAhACA0BB4NQDEAEQAEUNAAtBAkEDEAILCwsBAEEACwVoaWJ5ZQ==";

    public const string Stubborn =
        "AGFzbQEAAAABCAJgAAF/YAAAAhcBBHBpY28Oc3RvcF9yZXF1ZXN0ZWQAAAMCAQEHCgEGX3N0YXJ0AAEKDAEKAANAEAAaDAALCw==";

    public const string Io =
        "AGFzbQEAAAABFwVgAX8AYAF/AX9gAn9/AX9gAAF+YAAAApkBCBZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCXByb2NfZXhpdAAABHBpY28IcGluX3JlYWQAAQRw" +
        "aWNvCXBpbl93cml0ZQACBHBpY28KY2VsbF93cml0ZQACBHBpY28JY2VsbF9yZWFkAAEEcGljbwlsZWRfd3JpdGUAAQRwaWNvCXVwdGltZV9tcwADBHBpY28H" +
        "dGltZV9tcwADAwMCAgQHCgEGX3N0YXJ0AAkKbgIKACAAQQBHIAF0C2EAQQdBKhADGkEDEAFBAUZBABAIQQRBARACQT9GQQEQCEEHEARBKkZBAhAIQYAIEARB" +
        "ZEZBAxAIQQEQBUVBBBAIEAZC6AdRQQUQCBAHQsCwndO+M1FBBhAIcnJycnJyEAAL";

    public static LoadedProgram Load(string base64, int memoryBytes = 8192)
    {
        byte[] bytes = Convert.FromBase64String(base64);
        ProgramBytes program = new ProgramBytes(bytes.Length);
        program.Write(bytes, 0, bytes.Length);
        return new LoadedProgram(program, memoryBytes);
    }
}
