namespace PicoKubelet.IntegrationTests.Support;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test unless the program ended with 0.</summary>
    /// <returns>This result.</returns>
    public ProgramResult MustSucceed()
    {
        Assert.AreEqual(0, ExitCode, $"{Output}{Error}");
        return this;
    }
}
