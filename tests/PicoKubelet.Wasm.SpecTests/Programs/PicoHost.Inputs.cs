namespace PicoKubelet.Wasm.SpecTests.Programs;

// What is wired to the board: edges of one pin, the converter, an I2C device.
internal sealed partial class PicoHost
{
    private const int BadInput = 29;

    private int _debounce;
    private int _level = -1;
    private int _changedAt = -1;
    private int _edges;
    private int _waited;

    /// <summary>Gets or sets what the converter reads of channel 0 at a time; below 0 it fails.</summary>
    public Func<int, int> Analog { get; set; } = _ => 0;

    /// <summary>Gets or sets what the device of an address answers to what was written to it; null for nobody there.</summary>
    public Func<int, byte[], byte[]?> Device { get; set; } = (_, _) => null;

    private void AddInputs(int[] pins)
    {
        _imports.Add("pico", "pin_watch", "iii:i", call =>
        {
            _debounce = call.GetInt32(2);
            _level = Level(Now);
            call.SetInt32(pins.Contains(call.GetInt32(0)) ? 0 : NotPermitted);
        });
        _imports.Add("pico", "pin_edges", "i:i", call => call.SetInt32(_edges));
        _imports.Add("pico", "pin_wait", "ii:i", call =>
        {
            for (int left = call.GetInt32(1); _waited == _edges && left > 0 && Now < StopAt; left--)
            {
                Pass(1);
            }

            call.SetInt32(_waited == _edges ? 0 : 1);
            _waited = _edges;
        });
        _imports.Add("pico", "analog_read", "i:i", call => call.SetInt32(call.GetInt32(0) == 0 ? Analog(Now) : -NotPermitted));
        _imports.Add("pico", "i2c_transfer", "iiiii:i", call =>
        {
            byte[] output = new byte[call.GetInt32(2)];
            call.Memory.Read(call.GetInt32(1), output, 0, output.Length);
            byte[]? answer = Device(call.GetInt32(0), output);
            call.Memory.Write(call.GetInt32(3), answer ?? [], 0, Math.Min(answer?.Length ?? 0, call.GetInt32(4)));
            call.SetInt32(answer is null ? BadInput : 0);
        });
    }

    private void Pass(int milliseconds)
    {
        for (int end = Now + milliseconds; Now < end;)
        {
            Now++;
            if (_level < 0 || Level(Now) == _level)
            {
                _changedAt = -1;
            }
            else if (_changedAt < 0)
            {
                _changedAt = Now;
            }
            else if (Now - _changedAt >= _debounce)
            {
                _level = 1 - _level;
                _edges++;
            }
        }
    }
}
