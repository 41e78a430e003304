namespace PicoKubelet.Enroll.Device;

/// <summary>A folder whose files only their owner can read, outside every git repository.</summary>
/// <param name="folder">Its full path.</param>
internal sealed class SecretFolder(string folder)
{
    private const string Probe = "probe";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Gets its full path.</summary>
    public string Path => folder;

    /// <summary>Makes sure that nothing in the folder can end up in a commit.</summary>
    /// <exception cref="EnrollException">It is inside a git work tree.</exception>
    public void RequireOutsideGit()
    {
        for (DirectoryInfo? parent = new(RealPath()); parent is not null; parent = parent.Parent)
        {
            // A folder in a clone, a file in a linked work tree or submodule.
            string git = System.IO.Path.Combine(parent.FullName, ".git");
            if (Directory.Exists(git) || File.Exists(git))
            {
                throw new EnrollException($"--output: {folder} is inside the git repository {parent.FullName}, and the files hold secrets: choose a folder elsewhere");
            }
        }
    }

    /// <summary>Makes sure that files can be written there. Nothing of it is left.</summary>
    /// <exception cref="EnrollException">They can not.</exception>
    public void RequireWritable()
    {
        string? made = FindMissing();
        try
        {
            Write(Probe, "");
            File.Delete(In(Probe));
        }
        catch (EnrollException exception)
        {
            throw new EnrollException("--output: " + exception.Message);
        }
        finally
        {
            if (made is not null && Directory.Exists(made))
            {
                Directory.Delete(made, recursive: true);
            }
        }
    }

    /// <summary>Gets whether there is a file.</summary>
    public bool Has(string name)
    {
        return File.Exists(In(name));
    }

    /// <summary>Lists the files whose names end so.</summary>
    public IEnumerable<string> List(string end)
    {
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + end).Select(file => System.IO.Path.GetFileName(file)) : [];
    }

    /// <summary>Deletes a file; none is no error.</summary>
    /// <exception cref="EnrollException">It can not be deleted.</exception>
    public void Delete(string name)
    {
        try
        {
            File.Delete(In(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnrollException($"can not delete {In(name)}: {exception.Message}");
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="EnrollException">It can not be read.</exception>
    public string Read(string name)
    {
        try
        {
            return File.ReadAllText(In(name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnrollException($"can not read {In(name)}: {exception.Message}");
        }
    }

    /// <summary>Writes a file: all of it or nothing.</summary>
    /// <exception cref="EnrollException">It can not be written.</exception>
    public void Write(string name, string content)
    {
        try
        {
            Make();
            string fresh = In(name) + ".new";
            File.Delete(fresh);
            using (StreamWriter writer = new(fresh, NewFile()))
            {
                writer.Write(content);
            }

            File.Move(fresh, In(name), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EnrollException($"can not write {In(name)}: {exception.Message}");
        }
    }

    private static FileStreamOptions NewFile()
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Windows has no such modes: there a user's own folders are that user's alone.
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private void Make()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        File.SetUnixFileMode(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    // The outermost folder that would have to be made.
    private string? FindMissing()
    {
        string? missing = null;
        for (string? path = folder; path is not null && !Directory.Exists(path); path = System.IO.Path.GetDirectoryName(path))
        {
            missing = path;
        }

        return missing;
    }

    private string In(string name)
    {
        return System.IO.Path.Combine(folder, name);
    }

    // Any folder on the way may be a link into a repository. What is not there yet is no link.
    private string RealPath()
    {
        string real = System.IO.Path.GetPathRoot(folder)!;
        foreach (string part in folder[real.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = System.IO.Path.Combine(real, part);
            real = Directory.Exists(real) ? Directory.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real : real;
        }

        return real;
    }
}
