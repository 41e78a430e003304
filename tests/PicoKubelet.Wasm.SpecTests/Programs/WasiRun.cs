namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>Runs a WASI program to its end as a node's loop does: loaded and run in slices, woken when it asked to be.</summary>
internal sealed class WasiRun
{
    private const int LoadSlice = 256;
    private const int Fuel = 500;
    private const int MostSlices = 1_000_000;

    private WasiRun(SimulatedHost host, WasmInstance instance, WasmStatus status, int naps)
    {
        Host = host;
        Instance = instance;
        Status = status;
        Naps = naps;
    }

    /// <summary>Gets what it saw and wrote.</summary>
    public SimulatedHost Host { get; }

    /// <summary>Gets the instance.</summary>
    public WasmInstance Instance { get; }

    /// <summary>Gets how it ended.</summary>
    public WasmStatus Status { get; }

    /// <summary>Gets how often it waited.</summary>
    public int Naps { get; }

    /// <summary>Runs a module's <c>_start</c>.</summary>
    /// <param name="bytes">The module.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="arguments">The program's arguments, its name first.</param>
    public static WasiRun Of(byte[] bytes, WasmLimits limits, params string[] arguments)
    {
        WasmLoader loader = new(new WasmBytes(bytes), limits);
        while (!loader.Step(LoadSlice))
        {
        }

        SimulatedHost host = new();
        WasmInstance instance = new(loader.Module, new WasiPreview1(host, arguments, ["GREETING=hello"]), limits);
        instance.Begin(loader.Module.FindFunction("_start"), null);
        int naps = 0;
        for (int slice = 0; slice < MostSlices; slice++)
        {
            WasmStatus status = instance.Run(Fuel);
            if (status == WasmStatus.Waiting)
            {
                naps++;
                host.Now = Math.Max(host.Now, instance.WakeAt);
            }
            else if (status != WasmStatus.OutOfFuel)
            {
                return new WasiRun(host, instance, status, naps);
            }
        }

        throw new InvalidOperationException("The program does not end.");
    }
}
