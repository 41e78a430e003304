namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>The command line asks for something that can not be done; the message names the option and what it must be.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string option, string message)
        : this(option + ": " + message)
    {
    }

    public CommandException(string message)
        : base(message)
    {
    }
}
