using PicoKubelet.Text;

namespace PicoKubelet.Network;

/// <summary>An open connection. Reads and writes block until the connection's deadline at most, and throw on any failure.</summary>
public interface IConnection : IByteSource
{
    /// <summary>Sends bytes.</summary>
    /// <param name="buffer">Where they are.</param>
    /// <param name="offset">The first of them.</param>
    /// <param name="count">How many.</param>
    void Write(byte[] buffer, int offset, int count);

    /// <summary>Closes the connection and frees its socket. A second call does nothing; never throws.</summary>
    void Close();
}
