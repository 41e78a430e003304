namespace PicoKubelet.Hardware;

/// <summary>The device's file storage: a handful of small files by name.</summary>
public interface IStorage
{
    /// <summary>Gets the names of all files, those of unfinished writes too.</summary>
    /// <returns>The names; none where the storage can not tell.</returns>
    string[] GetNames();

    /// <summary>Opens a file for reading.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The open file, to be closed by the caller, or null where there is none.</returns>
    IStoredFile OpenRead(string name);

    /// <summary>
    /// Writes a file, new or in place of the one of this name. After a power cut at any moment there is the old content or the
    /// new one, whole. Where there is no room, files that the board can do without are dropped for one that it can not.
    /// </summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <param name="buffer">Where the content is.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <returns>Whether the storage took it; <see cref="IsHealthy"/> follows.</returns>
    bool Replace(string name, byte[] buffer, int offset, int count);

    /// <summary>Gets which files were dropped for others since this was last asked.</summary>
    /// <returns>Their names, with spaces between, or null.</returns>
    string TakeDropped();

    /// <summary>Begins to write a file that is too large for a buffer.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>The file, to be completed or abandoned by the caller, or null where the storage does not take it; <see cref="IsHealthy"/> follows.</returns>
    INewFile Create(string name);

    /// <summary>Deletes a file; none of this name is no failure.</summary>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>Whether there is no such file any more.</returns>
    bool Delete(string name);

    /// <summary>Gets the size of the storage.</summary>
    /// <returns>Bytes, or 0 where it is not known: a device can not tell.</returns>
    long GetTotalBytes();

    /// <summary>Gets whether the storage is there and took the last write; DiskPressure follows from it.</summary>
    bool IsHealthy { get; }
}
