namespace PicoKubelet.Network;

/// <summary>An open connection to a server.</summary>
public interface IOutboundConnection : IConnection
{
    /// <summary>
    /// Gets whether something lies in the connection to be read, its end included. Between two requests nobody asked for it. Never
    /// throws, and does not wait.
    /// </summary>
    bool HasArrived { get; }

    /// <summary>Sets when all that is read and written from now on has to be over, in place of the bound before.</summary>
    /// <param name="milliseconds">From now.</param>
    void SetDeadline(int milliseconds);
}
