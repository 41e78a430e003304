namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>Files in a folder of the PC. They may hold a token, so they are the owner's alone.</summary>
internal sealed class FolderStorage : SimulatedStorage
{
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    public FolderStorage(string folder, long totalBytes)
        : base(totalBytes)
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

    protected override byte[]? Read(string name)
    {
        string path = PathOf(name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    protected override void Write(string name, byte[] content)
    {
        string path = PathOf(name);
        string temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersFile;
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }

    protected override void Remove(string name)
    {
        File.Delete(PathOf(name));
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
