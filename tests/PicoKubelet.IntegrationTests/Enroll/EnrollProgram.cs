using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Enroll;

/// <summary>Runs the program as a user does.</summary>
internal static class EnrollProgram
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    /// <summary>Runs it to its end, with no terminal.</summary>
    public static Task<ProgramResult> RunAsync(string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PicoKubelet.Enroll.dll");
        return ExternalProgram.RunAsync("dotnet", [program, .. arguments], new Dictionary<string, string>(), Timeout);
    }
}
