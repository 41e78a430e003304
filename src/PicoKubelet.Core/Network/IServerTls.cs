namespace PicoKubelet.Network;

/// <summary>Speaks TLS with clients of the board's port, as the server.</summary>
public interface IServerTls
{
    /// <summary>Makes the handshake; a certificate is asked of the client, and none is all right.</summary>
    /// <param name="wire">The client's connection. Its own bounds are those of the handshake too: all goes through it.</param>
    /// <returns>The connection over which the plain text goes. Closing it closes no more than TLS. After an exception there is nothing to close.</returns>
    ITlsConnection Accept(IConnection wire);
}
