namespace PicoKubelet.Bench.Fleet;

/// <summary>Finds files of the repository that the program was built from.</summary>
internal static class Repository
{
    /// <summary>Gets the full path of a file in the repository.</summary>
    /// <param name="relativePath">Its path from the repository's root.</param>
    public static string PathOf(string relativePath)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PicoKubelet.sln")))
            {
                return Path.Combine(folder.FullName, relativePath);
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
