using PicoKubelet.Text;

namespace PicoKubelet.Hardware;

/// <summary>An open file.</summary>
public interface IStoredFile : IByteSource
{
    /// <summary>Closes the file. A second call does nothing.</summary>
    void Close();
}
