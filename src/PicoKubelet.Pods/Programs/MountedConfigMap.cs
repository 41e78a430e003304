namespace PicoKubelet.Programs;

/// <summary>
/// A ConfigMap whose keys a program sees as files of a folder, and what of it is here. Its content is replaced by the node's loop and never
/// changed, so that the workloads' loop may go on reading what was replaced.
/// </summary>
public sealed class MountedConfigMap
{
    /// <summary>The most files of one ConfigMap.</summary>
    internal const int MostFiles = 8;

    /// <summary>The most bytes of a file.</summary>
    internal const int MaxFileBytes = 1024;

    /// <summary>The most bytes of all files of a container.</summary>
    internal const int MaxBytes = 4096;

    /// <summary>The bytes of a file's head: whether there is more of it than is kept, and the length of its name, which follows.</summary>
    internal const int HeadBytes = 2;

    /// <summary>Gets or sets the ConfigMap's name.</summary>
    public string ConfigMap { get; set; }

    /// <summary>Gets or sets the folder's path.</summary>
    public string Folder { get; set; }

    /// <summary>Gets or sets the folder's number among those of the container.</summary>
    public int FolderIndex { get; set; }

    /// <summary>Gets or sets the only key that is mounted, or null for all.</summary>
    public string Key { get; set; }

    /// <summary>Gets or sets the name of the file that the only key is.</summary>
    public string FileName { get; set; }

    /// <summary>Gets or sets whether the ConfigMap, or its key, may be missing.</summary>
    public bool IsOptional { get; set; }

    /// <summary>Gets or sets the files, each its head, its name and its content; null while they are not known.</summary>
    internal byte[][] Files { get; set; }

    /// <summary>Gets or sets whether there are more files than are kept.</summary>
    internal bool HasMore { get; set; }

    /// <summary>Gets or sets the resourceVersion that they are of, or null.</summary>
    internal string Version { get; set; }

    /// <summary>Gets or sets when to ask for them again, in the clock's milliseconds.</summary>
    internal long CheckAt { get; set; }

    /// <summary>Gets or sets how often the API server had none to give since the last time that it did.</summary>
    internal int Failures { get; set; }

    /// <summary>Gets the bytes that the files take.</summary>
    internal int Bytes
    {
        get
        {
            int sum = 0;
            for (int i = 0; Files != null && i < Files.Length; i++)
            {
                sum += Files[i].Length;
            }

            return sum;
        }
    }
}
