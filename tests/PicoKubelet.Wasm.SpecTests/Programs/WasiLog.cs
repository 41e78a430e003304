using System.Text;

namespace PicoKubelet.Wasm.SpecTests.Programs;

/// <summary>What a program writes by WASI, line by line.</summary>
internal sealed class WasiLog(List<string> lines) : IWasiHost
{
    private readonly StringBuilder _line = new();

    public long Nanoseconds(int clock) => 0;

    public void Random(byte[] buffer, int count) => Array.Clear(buffer, 0, count);

    public void Write(int descriptor, byte[] buffer, int count)
    {
        foreach (char letter in Encoding.UTF8.GetString(buffer, 0, count))
        {
            if (letter != '\n')
            {
                _line.Append(letter);
                continue;
            }

            lines.Add(_line.ToString());
            _line.Clear();
        }
    }
}
