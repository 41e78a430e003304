namespace PicoKubelet.Text;

/// <summary>Where bytes come from: a connection, an HTTP body, a file, a buffer.</summary>
public interface IByteSource
{
    /// <summary>Reads what is there, waiting for the first byte if need be.</summary>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="offset">The first place to fill.</param>
    /// <param name="count">How many bytes at most; more than zero.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    int Read(byte[] buffer, int offset, int count);
}
