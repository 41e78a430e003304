using PicoKubelet.Network;

namespace PicoKubelet.Http.Server;

/// <summary>The connection of a client that is in service.</summary>
public interface IClientConnection : IConnection
{
    /// <summary>Gets the client's address.</summary>
    string Peer { get; }

    /// <summary>Gets whether the connection itself shows who the client is, by a certificate, so that it needs no token.</summary>
    bool IsTrusted { get; }

    /// <summary>Gets who else the connection shows, for an <see cref="IReviewer"/>, or null.</summary>
    object Client { get; }

    /// <summary>Sets when the read or write under way must be done, in the monotonic clock's milliseconds; past it, both throw.</summary>
    long Deadline { set; }

    /// <summary>
    /// Gets whether an answer without an end of its own may go on: not once the client has closed, and not where another one waits for
    /// the place. Never waits.
    /// </summary>
    bool IsWanted { get; }
}
