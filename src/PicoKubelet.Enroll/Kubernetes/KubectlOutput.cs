namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>What kubectl wrote, when it succeeded.</summary>
/// <param name="Output">To its standard output.</param>
/// <param name="Warnings">To its standard error: the API server's warnings among others.</param>
internal sealed record KubectlOutput(string Output, string Warnings);
