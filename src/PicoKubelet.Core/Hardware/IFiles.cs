namespace PicoKubelet.Hardware;

/// <summary>
/// The files of a board, one operation at a time; each throws where the medium fails. Which of them, and in which order, so
/// that a power cut does no harm, is for <see cref="Storage.AtomicStorage"/> to say.
/// </summary>
public interface IFiles
{
    /// <summary>Gets whether there is a file.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <returns>Whether there is one of this name.</returns>
    bool Exists(string name);

    /// <summary>Opens a file that is there for reading.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The open file, to be closed by the caller.</returns>
    IStoredFile Open(string name);

    /// <summary>Creates a file, or empties the one of this name, writes its content, and closes it. Then the content is on the medium.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="buffer">Where the content is.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    void Write(string name, byte[] buffer, int offset, int count);

    /// <summary>Deletes a file; none of this name is no failure.</summary>
    /// <param name="name">Its name.</param>
    void Delete(string name);

    /// <summary>Gives a file another name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="newName">The new name, which no file has: the device's runtime does not replace.</param>
    void Move(string name, string newName);
}
