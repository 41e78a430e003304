using System.IO;
using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;

namespace PicoKubelet.Network;

/// <summary>What about sockets differs between a device and a PC: names, connecting within a bound, TLS, and the address to listen on.</summary>
public interface ISocketLayer
{
    /// <summary>
    /// Gets whether a server is asked, on a connection of its own, whether its TLS answers at all, before a handshake with it: a
    /// device's handshake waits for ever, and stops all else while it waits. See <see cref="TlsProbe"/>.
    /// </summary>
    bool ProbesTls { get; }

    /// <summary>Finds a host's IPv4 address.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="timeoutMilliseconds">How long to wait at most. A device's runtime has a bound of its own instead.</param>
    /// <returns>The address, or null where the name has none.</returns>
    IPAddress Resolve(string host, int timeoutMilliseconds);

    /// <summary>Connects a socket, and has TCP ask from time to time whether the peer is still there (keep-alive).</summary>
    /// <param name="socket">A new TCP socket; the caller closes it after an exception.</param>
    /// <param name="endPoint">The server.</param>
    /// <param name="timeoutMilliseconds">How long to wait at most.</param>
    void Connect(Socket socket, EndPoint endPoint, int timeoutMilliseconds);

    /// <summary>Takes the CA certificates that are to be trusted.</summary>
    /// <param name="caPem">PEM.</param>
    /// <returns>What <see cref="Authenticate"/> is to be given for them. A device keeps them as its TLS takes them, and not as text too.</returns>
    string Trust(string caPem);

    /// <summary>Makes the TLS handshake as a client and checks the server's certificate.</summary>
    /// <param name="socket">A connected socket. The stream that is returned owns it; after an exception the caller closes it.</param>
    /// <param name="host">The name or address that the certificate must be for.</param>
    /// <param name="caPem">The CA certificates that may have signed it, PEM, or null for those in the device's own store.</param>
    /// <param name="identity">What the board shows of itself, or null for nothing.</param>
    /// <param name="timeoutMilliseconds">How long to wait at most. A device's runtime can not bound this.</param>
    /// <returns>
    /// The stream to read and write the plain text. A read takes at most the socket's <c>ReceiveTimeout</c> as it is then, however
    /// small the pieces are in which the peer sends.
    /// </returns>
    Stream Authenticate(Socket socket, string host, string caPem, TlsIdentity identity, int timeoutMilliseconds);

    /// <summary>Makes what speaks TLS with clients of the board's port.</summary>
    /// <param name="identity">What the board shows.</param>
    /// <param name="clientCaPem">The CA certificates of the API server's client certificate, PEM, or null where no certificate is trusted.</param>
    /// <param name="clientName">The common name of that certificate.</param>
    /// <returns>What does so, or null where the platform can not within a bound: a device's handshake waits for ever, and all else with it.</returns>
    IServerTls ServeTls(TlsIdentity identity, string clientCaPem, string clientName);

    /// <summary>Looks whether something can be read of a connection, its end included, without waiting.</summary>
    /// <param name="socket">The connection's socket.</param>
    /// <param name="stream">The stream over it.</param>
    /// <returns>Whether there is something; what fails may throw.</returns>
    bool HasArrived(Socket socket, Stream stream);

    /// <summary>Opens a socket that takes connections.</summary>
    /// <param name="address">The board's address. A device listens on all of its addresses; boards that share a PC each on their own.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    /// <returns>The listening socket, which the caller closes.</returns>
    Socket Listen(string address, int port, int backlog);

    /// <summary>Opens a UDP socket that sends, on a port that is free.</summary>
    /// <returns>The socket, to be closed by the caller; where there is no network this may throw.</returns>
    IDatagramSocket OpenDatagrams();
}
