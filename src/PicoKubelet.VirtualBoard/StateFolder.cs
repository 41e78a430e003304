using PicoKubelet.VirtualBoard.Adapters;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.VirtualBoard;

/// <summary>The folder of the boards' files: what is wrong with it is told by its option.</summary>
internal static class StateFolder
{
    private const string Option = "--state";
    private const string ProbeName = "probe";

    /// <summary>Makes the folder where there is none, and makes sure that files can be written there.</summary>
    /// <param name="folder">The folder, or null where nothing is kept.</param>
    /// <exception cref="CommandException">It is none, or can not be written to.</exception>
    public static void Require(string? folder)
    {
        if (folder is not null)
        {
            Use(folder, () =>
            {
                var files = new FolderFiles(folder);
                files.Create(ProbeName).Close();
                files.Delete(ProbeName);
                return files;
            });
        }
    }

    /// <summary>Does something with files in the folder.</summary>
    /// <param name="folder">The folder, or null where nothing is kept.</param>
    /// <param name="action">What to do.</param>
    /// <returns>What comes of it.</returns>
    /// <exception cref="CommandException">The folder can not be used.</exception>
    public static T Use<T>(string? folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (folder is not null && exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(Option, $"can not keep files in {folder}: {exception.Message}");
        }
    }
}
