using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>The part for the node's own port.</summary>
public sealed partial class SettingsReader
{
    // A certificate's common name (RFC 5280, upper bounds).
    private const int MaxCommonNameBytes = 64;

    private string _kubeletCertificate;

    /// <summary>Gets the private key of the port in the last document, also where it can not be used, or null.</summary>
    internal string KubeletKey { get; private set; }

    private void ReadKubelet()
    {
        BeginObject("kubelet");
        while (_json.ReadName())
        {
            if (_json.NameIs("port"))
            {
                _settings.KubeletPort = ReadNumber("kubelet.port", 1, 65535);
            }
            else if (_json.NameIs("token"))
            {
                _settings.KubeletToken = ReadToken("kubelet.token");
            }
            else if (_json.NameIs("anonymousRead"))
            {
                Require(_json.TryReadBoolean(out bool anonymousRead), "kubelet.anonymousRead", "must be true or false");
                _settings.KubeletAnonymousRead = anonymousRead;
            }
            else if (_json.NameIs("certificate"))
            {
                _kubeletCertificate = ReadText("kubelet.certificate", MaxPemBytes);
            }
            else if (_json.NameIs("key"))
            {
                KubeletKey = ReadText("kubelet.key", MaxPemBytes);
            }
            else if (_json.NameIs("clientCa"))
            {
                _settings.KubeletClientCa = PemCertificates.Check("kubelet.clientCa", ReadText("kubelet.clientCa", MaxPemBytes));
            }
            else if (_json.NameIs("clientName"))
            {
                _settings.KubeletClientName = ReadText("kubelet.clientName", MaxCommonNameBytes);
                Require(_settings.KubeletClientName.Length > 0, "kubelet.clientName", "must be the common name of the API server's client certificate");
            }
            else if (_json.NameIs("announce"))
            {
                ReadAnnounce();
            }
            else
            {
                NoteUnknown("kubelet.");
            }
        }
    }

    private void ReadAnnounce()
    {
        string text = ReadText("kubelet.announce", MaxTextBytes);
        ApiEndpoint endpoint = text.IndexOf(':') > 0 ? ApiEndpoint.Parse("http://" + text) : null;

        // It becomes the Node's InternalIP.
        Require(endpoint != null && Ipv4Text.TryParse(endpoint.Host, out uint _), "kubelet.announce", "must be an IPv4 address and a port, such as 192.168.1.10:11001");
        _settings.KubeletAnnounceAddress = endpoint.Host;
        _settings.KubeletAnnouncePort = endpoint.Port;
    }
}
