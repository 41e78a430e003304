using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>Runs kubectl, which knows how to sign in to whatever cluster the user has.</summary>
internal sealed partial class Kubectl
{
    private const string Program = "kubectl";

    // `create token` came with it.
    private const int LeastMinor = 24;

    private readonly string[] _common;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="kubeconfig">The kubeconfig file, or null for kubectl's own.</param>
    /// <param name="context">The kubeconfig's context, or null for its current one.</param>
    public Kubectl(string? kubeconfig, string? context)
    {
        string[] file = kubeconfig is null ? [] : ["--kubeconfig", kubeconfig];
        string[] chosen = context is null ? [] : ["--context", context];
        _common = [.. file, .. chosen];
    }

    /// <summary>Makes sure that kubectl is there and new enough, and knows a cluster.</summary>
    /// <exception cref="EnrollException">It is not.</exception>
    public async Task RequireAsync(CancellationToken stop)
    {
        KubectlOutput version = await RunAsync(stop, "version", "--client", "--output", "json");
        string? minor = JsonNode.Parse(version.Output)?["clientVersion"]?["minor"]?.GetValue<string>();
        if (int.TryParse(minor?.TrimEnd('+'), out int number) && number < LeastMinor)
        {
            throw new EnrollException($"kubectl 1.{minor} is too old: 1.{LeastMinor} or newer is needed");
        }

        try
        {
            await RunAsync(stop, "config", "view", "--minify", "--output", "name");
        }
        catch (EnrollException exception)
        {
            throw new EnrollException($"kubectl knows no cluster; --kubeconfig and --context choose one ({exception.Message})");
        }
    }

    /// <summary>Runs kubectl to its end.</summary>
    /// <param name="stop">Ends it early.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="EnrollException">It is not there, or failed; what it said is in the message.</exception>
    public Task<KubectlOutput> RunAsync(CancellationToken stop, params string[] arguments)
    {
        return RunAsync("", stop, arguments);
    }

    /// <summary>Runs kubectl with an input to its end.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="EnrollException">It is not there, or failed; what it said is in the message.</exception>
    public async Task<KubectlOutput> RunAsync(string input, CancellationToken stop, params string[] arguments)
    {
        using Process process = Start(arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
            Task<string> error = process.StandardError.ReadToEndAsync(stop);
            await process.StandardInput.WriteAsync(input.AsMemory(), stop);
            process.StandardInput.Close();
            await process.WaitForExitAsync(stop);
            string said = WithoutKlog(await error);
            return process.ExitCode == 0
                ? new KubectlOutput(await output, said)
                : throw new EnrollException($"kubectl {arguments[0]} failed: {said}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // Its libraries' own log says the same before, line for line and less well.
    private static string WithoutKlog(string said)
    {
        return string.Join('\n', said.Split('\n').Where(line => !Klog().IsMatch(line))).Trim();
    }

    [GeneratedRegex(@"^[EWI]\d{4} \d\d:\d\d:\d\d")]
    private static partial Regex Klog();

    private Process Start(string[] arguments)
    {
        ProcessStartInfo start = new(Program, [.. _common, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new EnrollException("kubectl is not installed, or not in PATH: https://kubernetes.io/docs/tasks/tools/");
        }
    }
}
