using PicoKubelet.Network;

namespace PicoKubelet.Kubelet;

/// <summary>The connection of a client that is in service.</summary>
public interface IClientConnection : IConnection
{
    /// <summary>Gets the client's address.</summary>
    string Peer { get; }

    /// <summary>Sets when the read or write under way must be done, in the monotonic clock's milliseconds; past it, both throw.</summary>
    long Deadline { set; }
}
