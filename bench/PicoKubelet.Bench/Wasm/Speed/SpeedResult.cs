using System.Globalization;

namespace PicoKubelet.Bench.Wasm.Speed;

/// <summary>What was measured of one program; speeds in instructions a second.</summary>
internal sealed record SpeedResult(string Name, long Instructions, double Engine, double Wasmtime, double CSharp)
{
    /// <summary>Gets a value indicating whether all three gave the same result.</summary>
    public required bool Agrees { get; init; }

    /// <summary>Gets the bytes that a run allocated.</summary>
    public required long AllocatedByRun { get; init; }

    /// <summary>Gets the size of the module's code section in bytes.</summary>
    public required int CodeSection { get; init; }

    /// <summary>Gets what the translated code takes on a device, in bytes.</summary>
    public required int Code { get; init; }

    /// <summary>Gets what an instance takes on .NET besides the module, in bytes.</summary>
    public required long Instance { get; init; }

    /// <summary>Gets the row of the table.</summary>
    public string[] Row =>
    [
        Name, Instructions.ToString(CultureInfo.InvariantCulture), Millions(Engine), Millions(Wasmtime), Millions(CSharp),
        (CSharp / Engine).ToString("F1", CultureInfo.InvariantCulture), $"{CodeSection}", $"{Code}", $"{Instance}",
    ];

    private static string Millions(double value)
    {
        return (value / 1e6).ToString("F0", CultureInfo.InvariantCulture);
    }
}
