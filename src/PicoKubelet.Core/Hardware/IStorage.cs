namespace PicoKubelet.Hardware;

/// <summary>The device's file storage: a handful of small files by name.</summary>
public interface IStorage
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The open file, to be closed by the caller, or null where there is none.</returns>
    IStoredFile OpenRead(string name);

    /// <summary>Gets the size of the storage.</summary>
    /// <returns>Bytes, or 0 where it is not known: a device can not tell.</returns>
    long GetTotalBytes();

    /// <summary>Gets whether the storage is there and took the last write; DiskPressure follows from it.</summary>
    bool IsHealthy { get; }
}
