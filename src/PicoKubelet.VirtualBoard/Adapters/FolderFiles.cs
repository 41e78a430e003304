using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>Files in a folder of the PC. They may hold a token, so they are the owner's alone.</summary>
internal sealed class FolderFiles : IFiles
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    public FolderFiles(string folder)
    {
        _folder = folder;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }
    }

    public string[] GetNames()
    {
        return [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    public bool Exists(string name)
    {
        return File.Exists(PathOf(name));
    }

    public IStoredFile Open(string name)
    {
        return new StoredBytes(File.ReadAllBytes(PathOf(name)));
    }

    public IFileWriter Create(string name)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        return new FolderFileWriter(new FileStream(PathOf(name), options));
    }

    public void Delete(string name)
    {
        File.Delete(PathOf(name));
    }

    public void Move(string name, string newName)
    {
        File.Move(PathOf(name), PathOf(newName));
    }

    private string PathOf(string name)
    {
        if (name.Length == 0 || name != Path.GetFileName(name))
        {
            throw new ArgumentException("not a plain file name", nameof(name));
        }

        return Path.Combine(_folder, name);
    }
}
