using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace PicoKubelet.IntegrationTests.Support;

/// <summary>A server that runs beside the test. It is killed at the end.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <summary>Starts a program with no input.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to add to its environment.</param>
    public RunningProgram(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A shell lets what it starts in the background ignore Ctrl-C, and so does all that starts from there.
        bool isLinux = OperatingSystem.IsLinux();
        ProcessStartInfo start = new(isLinux ? "env" : path, isLinux ? ["--default-signal=INT", path, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{path} does not start.");
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Gets what it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until it has written what a pattern finds.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="within">The deadline.</param>
    /// <returns>The pattern's first group.</returns>
    public Task<string> WaitForAsync(Regex pattern, TimeSpan within)
    {
        return Eventually.GetAsync(within, () =>
        {
            Match match = pattern.Match(Output);
            Assert.IsTrue(match.Success, $"no {pattern} in {Output}");
            return Task.FromResult(match.Groups[1].Value);
        });
    }

    /// <summary>Sends it a signal.</summary>
    /// <param name="signal">The signal's name, as INT.</param>
    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.AreEqual(0, kill.ExitCode, "kill");
    }

    /// <summary>Waits until it has ended.</summary>
    /// <param name="within">The deadline.</param>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync().WaitAsync(within);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
