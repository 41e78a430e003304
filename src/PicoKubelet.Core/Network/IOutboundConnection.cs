namespace PicoKubelet.Network;

/// <summary>An open connection to a server.</summary>
public interface IOutboundConnection : IConnection
{
    /// <summary>
    /// Gets whether something lies in the connection to be read, its end included. Between two requests nobody asked for it. Never
    /// throws, and does not wait.
    /// </summary>
    bool HasArrived { get; }

    /// <summary>Changes the bound on each read from now on: a watch is silent for longer than a request may be.</summary>
    /// <param name="timeoutMilliseconds">The bound.</param>
    void SetReadTimeout(int timeoutMilliseconds);
}
