using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Kubelet;

/// <summary>Checks the kubelet's token; who shows none may read where the configuration in force says so.</summary>
internal sealed class KubeletAuthenticator : Authenticator
{
    private readonly NodeConfiguration _configuration;

    public KubeletAuthenticator(string token, IClock clock, NodeConfiguration configuration)
        : base(token, clock)
    {
        _configuration = configuration;
    }

    protected override bool AllowsAnonymousRead => _configuration.AllowsAnonymousRead;
}
