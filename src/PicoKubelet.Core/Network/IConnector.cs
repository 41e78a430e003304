namespace PicoKubelet.Network;

/// <summary>Opens connections to servers.</summary>
public interface IConnector
{
    /// <summary>Opens a connection.</summary>
    /// <param name="host">A host's name or IPv4 address.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="secure">Whether to speak TLS; the server's certificate is checked against <paramref name="host"/> and the CA.</param>
    /// <param name="timeoutMilliseconds">The bound on all of it: name, TCP, TLS, and what is read and written until another deadline is set.</param>
    /// <returns>The open connection.</returns>
    /// <exception cref="ConnectException">It can not be opened; the phase says where it failed.</exception>
    IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds);
}
