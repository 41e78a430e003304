namespace PicoKubelet.Network;

/// <summary>An open connection to a server.</summary>
public interface IOutboundConnection : IConnection
{
    /// <summary>Sets when all that is read and written from now on has to be over, in place of the bound before.</summary>
    /// <param name="milliseconds">From now.</param>
    void SetDeadline(int milliseconds);
}
