using System.Net;

namespace PicoKubelet.Hardware;

/// <summary>An open UDP socket. Nothing blocks.</summary>
public interface IDatagramSocket
{
    /// <summary>Takes a datagram that has arrived.</summary>
    /// <param name="buffer">Where it goes; what does not fit is lost.</param>
    /// <returns>Its length, or 0 where none has arrived.</returns>
    int Receive(byte[] buffer);

    /// <summary>Sends a datagram to where the last one came from.</summary>
    /// <param name="buffer">Where it is, from the beginning.</param>
    /// <param name="count">Its length.</param>
    void Reply(byte[] buffer, int count);

    /// <summary>Sends a datagram to all in the network.</summary>
    /// <param name="buffer">Where it is, from the beginning.</param>
    /// <param name="count">Its length.</param>
    /// <param name="port">The port that it is for.</param>
    void Broadcast(byte[] buffer, int count, int port);

    /// <summary>Sends a datagram.</summary>
    /// <param name="buffer">Where it is, from the beginning.</param>
    /// <param name="count">Its length.</param>
    /// <param name="peer">Whom it is for.</param>
    /// <returns>Whether the network took it; whether it arrives nobody knows.</returns>
    bool Send(byte[] buffer, int count, EndPoint peer);

    /// <summary>Closes the socket. A second call does nothing; never throws.</summary>
    void Close();
}
