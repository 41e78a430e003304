using System.Text;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>What WASI programs see of the world: a clock that stands still but for naps, counted bytes, two streams.</summary>
internal sealed class SimulatedHost : IWasiHost
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    /// <summary>Gets or sets the time of the clock that never goes back, in nanoseconds.</summary>
    public long Now { get; set; } = 5_000_000_000;

    /// <summary>Gets what was written to stream 1.</summary>
    public string Output => _output.ToString();

    /// <summary>Gets what was written to stream 2.</summary>
    public string Errors => _errors.ToString();

    public long Nanoseconds(int clock)
    {
        return clock == 0 ? 1_700_000_000_000_000_000 + Now : Now;
    }

    public void Random(byte[] buffer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            buffer[i] = (byte)(10 + i);
        }
    }

    public void Write(int descriptor, byte[] buffer, int count)
    {
        (descriptor == 2 ? _errors : _output).Append(Encoding.UTF8.GetString(buffer, 0, count));
    }
}
