using System.CommandLine;
using System.Globalization;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>What the groups of options have in common.</summary>
internal static class OptionReading
{
    /// <summary>Makes an option that takes a text.</summary>
    public static Option<string> Text(string name, string helpName, string description)
    {
        return new Option<string>(name) { HelpName = helpName, Description = description };
    }

    /// <summary>Reads the file that an option names.</summary>
    public static string File(Option option, string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(option.Name, $"can not read {path}: {exception.Message}");
        }
    }

    /// <summary>Reads a whole number, or null where the option was not given.</summary>
    public static int? Number(ParseResult result, Option<string> option, int smallest, int largest)
    {
        string? text = result.GetValue(option);
        if (text is null)
        {
            return null;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber && number >= smallest && number <= largest
            ? number
            : throw new CommandException(option.Name, $"must be a whole number from {smallest} to {largest}, not '{text}'");
    }

    /// <summary>Refuses options that contradict another one.</summary>
    public static void RejectTogether(ParseResult result, Option first, params Option[] others)
    {
        Option? other = FindGiven(result, others);
        if (other is not null)
        {
            throw new CommandException(other.Name, $"can not be given together with {first.Name}");
        }
    }

    /// <summary>Finds the first of some options that was given.</summary>
    public static Option? FindGiven(ParseResult result, params Option[] options)
    {
        return Array.Find(options, option => result.GetResult(option) is { Implicit: false });
    }
}
