using PicoKubelet.Network;

namespace PicoKubelet.Http.Server;

/// <summary>A client's connection whose bytes go through TLS. All bounds are those of the connection below.</summary>
internal sealed class SecureConnection : IClientConnection
{
    private readonly IClientConnection _wire;
    private readonly ITlsConnection _tls;

    public SecureConnection(IClientConnection wire, ITlsConnection tls)
    {
        _wire = wire;
        _tls = tls;
    }

    public string Peer => _wire.Peer;

    public bool IsTrusted => _tls.IsTrusted;

    public object Client => _tls.Client;

    public bool IsWanted => _wire.IsWanted;

    public long Deadline
    {
        set => _wire.Deadline = value;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        return _tls.Read(buffer, offset, count);
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _tls.Write(buffer, offset, count);
    }

    public void Close()
    {
        _tls.Close();
        _wire.Close();
    }
}
