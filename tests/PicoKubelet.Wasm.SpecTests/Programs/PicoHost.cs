using System.Text;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>The module <c>pico</c> as a board has it, with time that passes only while a program sleeps.</summary>
internal sealed partial class PicoHost
{
    private const int NotPermitted = 63;

    private readonly WasmImports _imports = new();
    private readonly Dictionary<int, int> _cells = [];

    /// <summary>Makes the module.</summary>
    /// <param name="pins">The pins that the program may touch.</param>
    public PicoHost(params int[] pins)
    {
        _imports.Add("pico", "pin_write", "ii:i", call =>
        {
            bool isOwn = pins.Contains(call.GetInt32(0));
            if (isOwn)
            {
                Seen.Add($"{call.GetInt32(0)}={call.GetInt32(1)}");
            }

            call.SetInt32(isOwn ? 0 : NotPermitted);
        });
        _imports.Add("pico", "pin_read", "i:i", call => call.SetInt32(pins.Contains(call.GetInt32(0)) ? Level(Now) : -NotPermitted));
        _imports.Add("pico", "cell_read", "i:i", call => call.SetInt32(_cells.GetValueOrDefault(call.GetInt32(0))));
        _imports.Add("pico", "cell_write", "ii:i", call =>
        {
            _cells[call.GetInt32(0)] = call.GetInt32(1);
            call.SetInt32(0);
        });
        _imports.Add("pico", "uptime_ms", ":I", call => call.SetBits(Now));
        _imports.Add("pico", "sleep_ms", "i:", call => Pass(call.GetInt32(0)));
        _imports.Add("pico", "stop_requested", ":i", call => call.SetInt32(Now >= StopAt ? 1 : 0));
        _imports.Add("pico", "log", "ii:", call =>
        {
            byte[] text = new byte[call.GetInt32(1)];
            call.Memory.Read(call.GetInt32(0), text, 0, text.Length);
            Seen.Add(Encoding.UTF8.GetString(text));
        });
        AddInputs(pins);
        AddValues();
    }

    /// <summary>Gets what the program did, in its order: <c>pin=level</c>, and lines of the log.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>Gets the time, in milliseconds.</summary>
    public int Now { get; private set; } = 1000;

    /// <summary>Gets or sets when the program is asked to stop.</summary>
    public int StopAt { get; set; } = int.MaxValue;

    /// <summary>Gets or sets the level of every pin at a time.</summary>
    public Func<int, int> Level { get; set; } = _ => 0;

    /// <summary>Gets or sets the environment: NAME=value.</summary>
    public string[] Variables { get; set; } = [];

    /// <summary>Gets a memory cell.</summary>
    public int Cell(int index) => _cells.GetValueOrDefault(index);

    /// <summary>Runs a module to its end.</summary>
    /// <param name="bytes">The module.</param>
    /// <param name="memoryBytes">The memory limit of the sample's container.</param>
    /// <returns>The instance, and how it ended.</returns>
    public (WasmInstance Instance, WasmStatus Status) Run(byte[] bytes, int memoryBytes)
    {
        const int Fuel = 500;

        // As a board shares a container's limit out.
        int stack = memoryBytes / 4;
        WasmLimits limits = new() { MemoryBytes = memoryBytes - stack, StackBytes = stack, CallDepth = 100, ModuleBytes = 16 * 1024 };
        _imports.Add(new WasiPreview1(new WasiLog(Seen), ["program"], Variables));
        WasmInstance instance = new(WasmLoader.Load(bytes, limits), _imports, limits);
        instance.Begin(instance.Module.FindFunction("_start"), null);
        WasmStatus status;
        do
        {
            status = instance.Run(Fuel);
        }
        while (status == WasmStatus.OutOfFuel);
        return (instance, status);
    }
}
