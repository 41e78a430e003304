using PicoKubelet.Text;

namespace PicoKubelet.Hardware;

/// <summary>A file of <see cref="IFiles"/> that is being written. Each call throws where the medium fails.</summary>
public interface IFileWriter : IByteSink
{
    /// <summary>Ends the file and closes it: then its content is on the medium. A second call does nothing.</summary>
    void Close();
}
