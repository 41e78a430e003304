using System.Text.Json.Nodes;
using PicoKubelet.Enroll.Kubernetes;

namespace PicoKubelet.Enroll;

/// <summary>Has the cluster sign the certificate that a board's port shows.</summary>
/// <param name="kubectl">Runs kubectl.</param>
/// <param name="requests">The cluster's signers.</param>
/// <param name="report">Where it says what it did.</param>
/// <param name="names">The DNS names and addresses of the port; none where it is to speak plain HTTP.</param>
/// <param name="stop">Ends everything early.</param>
internal sealed class ServingMaker(Kubectl kubectl, CertificateRequests requests, Report report, IReadOnlyList<string> names, CancellationToken stop)
{
    /// <summary>Makes sure, before anything is changed, that this and what another signer is asked for can be made.</summary>
    /// <param name="others">The other signers.</param>
    /// <exception cref="EnrollException">It can not.</exception>
    public async Task RequireAsync(IReadOnlyList<Signer> others)
    {
        await requests.RequireRightsAsync(names.Count > 0 ? [.. others, Signer.Serving] : others);
        if (names.Count > 0)
        {
            await ReadClientCaAsync();
        }
    }

    /// <summary>Makes it.</summary>
    /// <returns>It, or null where none is wanted.</returns>
    /// <exception cref="EnrollException">The cluster did not make it.</exception>
    public async Task<ServingIdentity?> CreateAsync()
    {
        if (names.Count == 0)
        {
            return null;
        }

        NodeCertificate certificate = await requests.CreateAsync(Signer.Serving, names);
        report.Done($"{Signer.Serving.What} for {string.Join(", ", names)}, which expires on {certificate.Expires:yyyy-MM-dd HH:mm} UTC");
        return new ServingIdentity(certificate, await ReadClientCaAsync());
    }

    // With what the API server checks its own clients, kubeadm and k3s sign the certificate that it shows to kubelets too.
    private async Task<string> ReadClientCaAsync()
    {
        KubectlOutput output = await kubectl.RunAsync(stop, "get", "configmap", "extension-apiserver-authentication", "--namespace", "kube-system", "--output", "json");
        return JsonNode.Parse(output.Output)?["data"]?["client-ca-file"]?.GetValue<string>()
            ?? throw new EnrollException("the ConfigMap kube-system/extension-apiserver-authentication names no client-ca-file, with which the board would check the API server");
    }
}
