using System.IO;
using PicoKubelet.Hardware;

namespace PicoKubelet;

/// <summary>A file in the internal flash that is being written.</summary>
/// <remarks>It is the close that commits the content to littlefs: an ESP32's flush only empties the C library's buffer.</remarks>
internal sealed class FlashFileWriter : IFileWriter
{
    private FileStream _stream;

    /// <summary>Initializes the file.</summary>
    /// <param name="stream">The stream, which the file owns.</param>
    public FlashFileWriter(FileStream stream)
    {
        _stream = stream;
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int offset, int count) => _stream.Write(buffer, offset, count);

    /// <inheritdoc/>
    public void Close()
    {
        FileStream stream = _stream;
        _stream = null;
        if (stream != null)
        {
            try
            {
                stream.Flush();
            }
            finally
            {
                stream.Close();
            }
        }
    }
}
