using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>A file in a folder of the PC that is being written.</summary>
internal sealed class FolderFileWriter(FileStream stream) : IFileWriter
{
    public void Write(byte[] buffer, int offset, int count)
    {
        stream.Write(buffer, offset, count);
    }

    public void Close()
    {
        stream.Dispose();
    }
}
