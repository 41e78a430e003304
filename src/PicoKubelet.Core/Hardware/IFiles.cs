namespace PicoKubelet.Hardware;

/// <summary>
/// The files of a board, one operation at a time; each throws where the medium fails. Which of them, and in which order, so
/// that a power cut does no harm, is for <see cref="Storage.AtomicStorage"/> to say.
/// </summary>
public interface IFiles
{
    /// <summary>Gets the names of all files.</summary>
    /// <returns>The names, without a folder.</returns>
    string[] GetNames();

    /// <summary>Gets whether there is a file.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <returns>Whether there is one of this name.</returns>
    bool Exists(string name);

    /// <summary>Opens a file that is there for reading.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The open file, to be closed by the caller.</returns>
    IStoredFile Open(string name);

    /// <summary>Creates a file, or empties the one of this name, to be written and closed.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The open file.</returns>
    IFileWriter Create(string name);

    /// <summary>Deletes a file; none of this name is no failure.</summary>
    /// <param name="name">Its name.</param>
    void Delete(string name);

    /// <summary>Gives a file another name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="newName">The new name, which no file has: the device's runtime does not replace.</param>
    void Move(string name, string newName);
}
