using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Kubernetes;

namespace PicoKubelet.Enroll;

/// <summary>Has the cluster sign a node's client certificate.</summary>
/// <param name="requests">The cluster's signers.</param>
/// <param name="report">Where it says what it did.</param>
internal sealed class NodeIdentityMaker(CertificateRequests requests, Report report) : IdentityMaker
{
    /// <inheritdoc/>
    public override BoardIdentity Identity => BoardIdentity.Node;

    /// <inheritdoc/>
    public override string Noun => Signer.Client.What;

    /// <inheritdoc/>
    public override string Objects => "rights";

    /// <inheritdoc/>
    public override IReadOnlyList<Signer> Signers => [Signer.Client];

    /// <inheritdoc/>
    public override async Task<BoardCredentials> CreateAsync()
    {
        NodeCertificate certificate = await requests.CreateAsync(Signer.Client, []);
        report.Done($"{Noun}, which expires on {certificate.Expires:yyyy-MM-dd HH:mm} UTC; renew it before with --rotate");
        return BoardCredentials.Of(certificate);
    }

    /// <inheritdoc/>
    public override void TellOfOld()
    {
        report.Warning("certificates made earlier hold until they expire: nothing takes them back");
    }
}
