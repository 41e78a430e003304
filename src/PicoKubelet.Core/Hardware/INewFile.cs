using PicoKubelet.Text;

namespace PicoKubelet.Hardware;

/// <summary>
/// A file of <see cref="IStorage"/> that is being written, piece by piece. Until it is complete, the one of its name stays what it is. A
/// piece that the storage does not take spoils it; nothing is thrown.
/// </summary>
public interface INewFile : IByteSink
{
    /// <summary>Puts the file in the place of the one of its name, whole, as <see cref="IStorage.Replace"/> does.</summary>
    /// <returns>Whether the storage took all of it; where not, nothing of it is left.</returns>
    bool Complete();

    /// <summary>Ends it in vain: nothing of it is left.</summary>
    void Abandon();
}
