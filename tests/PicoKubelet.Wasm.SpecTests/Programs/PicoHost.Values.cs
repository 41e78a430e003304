using System.Text;

namespace PicoKubelet.Wasm.SpecTests.Programs;

// What a program tells of itself, and is told by the board's ConfigMap.
internal sealed partial class PicoHost
{
    /// <summary>Gets the gauges and counters, in thousandths.</summary>
    public Dictionary<string, long> Values { get; } = [];

    /// <summary>Gets or sets what the board's ConfigMap says of a key at a time, or null.</summary>
    public Func<int, string, string?> Configuration { get; set; } = (_, _) => null;

    private static string Text(WasmHostCall call, int index)
    {
        byte[] text = new byte[call.GetInt32(index + 1)];
        call.Memory.Read(call.GetInt32(index), text, 0, text.Length);
        return Encoding.UTF8.GetString(text);
    }

    private void AddValues()
    {
        const int NoEntry = 44;
        _imports.Add("pico", "gauge_set", "iiI:i", call =>
        {
            Values[Text(call, 0)] = call.GetBits(2);
            call.SetInt32(0);
        });
        _imports.Add("pico", "counter_add", "iiI:i", call =>
        {
            Values[Text(call, 0)] = Values.GetValueOrDefault(Text(call, 0)) + call.GetBits(2);
            call.SetInt32(0);
        });
        _imports.Add("pico", "event", "iiii:i", call =>
        {
            Seen.Add($"{Text(call, 0)}: {Text(call, 2)}");
            call.SetInt32(0);
        });
        _imports.Add("pico", "config_get", "iiii:i", call =>
        {
            if (Configuration(Now, Text(call, 0)) is not string value)
            {
                call.SetInt32(-NoEntry);
                return;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(value);
            call.Memory.Write(call.GetInt32(2), bytes, 0, Math.Min(bytes.Length, call.GetInt32(3)));
            call.SetInt32(bytes.Length);
        });
    }
}
