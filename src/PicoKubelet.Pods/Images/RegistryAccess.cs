using PicoKubelet.Hardware;
using PicoKubelet.Network;
using PicoKubelet.Text;

namespace PicoKubelet.Images;

/// <summary>How registries are reached.</summary>
public sealed class RegistryAccess
{
    private readonly string[] _insecure;

    /// <summary>Initializes the access.</summary>
    /// <param name="connector">Opens connections to registries. It must not show the node's certificate.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="insecure">The registries that speak plain HTTP, as references name them.</param>
    public RegistryAccess(IConnector connector, IClock clock, string[] insecure)
    {
        Connector = connector;
        Clock = clock;
        _insecure = insecure ?? Strings.NewArray(0);
    }

    internal IConnector Connector { get; }

    internal IClock Clock { get; }

    /// <summary>Gets whether a registry speaks plain HTTP by the settings.</summary>
    internal bool IsInsecure(string authority)
    {
        for (int i = 0; i < _insecure.Length; i++)
        {
            if (_insecure[i] == authority)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets whether a URL may be asked at: without TLS only where the settings say so.</summary>
    internal bool MayAsk(RegistryUrl url)
    {
        return url.Server.IsSecure || IsInsecure(url.Server.Host + ":" + url.Server.Port.ToString()) || (url.Server.Port == 80 && IsInsecure(url.Server.Host));
    }
}
