namespace PicoKubelet.IntegrationTests.Support;

/// <summary>Finds files of the repository that the tests run from.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>Gets the full path of a file in the repository.</summary>
    /// <param name="relativePath">Its path from the repository's root.</param>
    public static string PathOf(string relativePath)
    {
        return Path.Combine(Root, relativePath);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PicoKubelet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
