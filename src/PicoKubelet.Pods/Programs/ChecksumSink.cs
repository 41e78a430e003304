using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Programs;

/// <summary>Takes bytes for their checksum alone.</summary>
internal sealed class ChecksumSink : IByteSink
{
    /// <summary>Gets the checksum of what came so far.</summary>
    public uint Checksum { get; private set; } = Crc32.Start;

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count)
    {
        Checksum = Crc32.Update(Checksum, buffer, offset, count);
    }
}
