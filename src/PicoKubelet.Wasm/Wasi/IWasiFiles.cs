namespace PicoKubelet.Wasm;


/// <summary>Folders with files that a program may read, each open from the program's start.</summary>
public interface IWasiFiles
{
    /// <summary>How many folders; the same for as long as a program runs.</summary>
    int FolderCount { get; }

    /// <summary>A folder's path, ASCII.</summary>
    /// <param name="folder">From 0.</param>
    string Folder(int folder);

    /// <summary>Finds a file as it is now.</summary>
    /// <param name="folder">The folder that it is in.</param>
    /// <param name="name">Holds its name; is used again after the call.</param>
    /// <param name="start">The name's first byte.</param>
    /// <param name="length">The name's length, 1 at least.</param>
    /// <param name="file">Holds its content, which nobody changes any more; null where there is none.</param>
    /// <param name="from">The content's first byte; the last one is the last of the array.</param>
    /// <returns>0, or the number of WASI's error; -1 where it is not known yet, and is to be asked for again.</returns>
    int Find(int folder, byte[] name, int start, int length, out byte[] file, out int from);
}
