using System.IO;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>An open file in the internal flash.</summary>
internal sealed class FlashFile : IStoredFile
{
    private readonly FileStream _stream;

    /// <summary>Initializes the file.</summary>
    /// <param name="stream">The stream, which the file owns.</param>
    public FlashFile(FileStream stream)
    {
        _stream = stream;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count) => _stream.Read(buffer, offset, count);

    /// <inheritdoc/>
    public void Close() => _stream.Close();
}
