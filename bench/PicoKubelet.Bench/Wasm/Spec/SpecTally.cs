namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>What came of one script.</summary>
internal sealed class SpecTally(string name)
{
    private readonly Dictionary<string, int> _leftOut = [];

    /// <summary>Gets the script's name.</summary>
    public string Name => name;

    /// <summary>Gets how many commands held.</summary>
    public int Passed { get; private set; }

    /// <summary>Gets what did not hold: the line of the .wast file and what happened.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Gets how many commands were left out.</summary>
    public int LeftOut => _leftOut.Values.Sum();

    /// <summary>Gets the reasons of those that were left out, and how often each.</summary>
    public IReadOnlyDictionary<string, int> Reasons => _leftOut;

    public void Pass()
    {
        Passed++;
    }

    public void Fail(SpecCommand command, string message)
    {
        Failures.Add($"{name}.wast:{command.Line}: {command.Type}: {message}");
    }

    public void LeaveOut(string reason)
    {
        _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
    }
}
