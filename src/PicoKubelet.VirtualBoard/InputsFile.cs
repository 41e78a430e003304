using System.Globalization;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.VirtualBoard;

/// <summary>
/// A file that says what is wired to the boards, one <c>14=low</c> a line (<c>high</c>, <c>low</c>, <c>free</c>), <c>adc0=2048</c> or
/// <c>i2c0x48=1910</c>; what follows a <c>#</c> is left out. It is read again whenever it has changed.
/// </summary>
internal sealed class InputsFile
{
    private const int PinCount = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly string _path;
    private string? _text;

    /// <summary>Initializes the file; it is not read yet.</summary>
    /// <param name="path">Where it is.</param>
    public InputsFile(string path)
    {
        _path = path;
    }

    /// <summary>Reads the file and moves what it names, where it has changed.</summary>
    /// <param name="boards">The boards that it is wired to.</param>
    /// <exception cref="CommandException">The file can not be read, or a line is not what it must be. Nothing was moved then.</exception>
    public void Apply(IEnumerable<SimulatedBoard> boards)
    {
        string text = ReadText();
        if (text == _text)
        {
            return;
        }

        _text = text;
        Action<SimulatedBoard>[] moves = [.. text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0).Select(Parse)];
        foreach (SimulatedBoard board in boards)
        {
            Array.ForEach(moves, move => move(board));
        }
    }

    /// <summary>Follows the file until it is told to stop. What is wrong meanwhile is left out, and told once.</summary>
    /// <param name="boards">The boards that it is wired to.</param>
    /// <param name="tell">Where what is wrong goes.</param>
    /// <param name="stop">Told to stop.</param>
    public async Task FollowAsync(IReadOnlyList<SimulatedBoard> boards, Action<string> tell, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                Apply(boards);
            }
            catch (CommandException exception)
            {
                tell(exception.Message);
            }
        }
    }

    private string ReadText()
    {
        try
        {
            return File.ReadAllText(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An editor replaces a file: it may be gone for a moment.
            return _text ?? throw new CommandException("--inputs", $"{_path}: {exception.Message}");
        }
    }

    private Action<SimulatedBoard> Parse(string line)
    {
        string[] parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Read(parts[0], parts[1]) is { } move
            ? move
            : throw new CommandException("--inputs", $"{_path}: must be PIN=high, PIN=low, PIN=free, adcCHANNEL=NUMBER, i2cADDRESS=HEX or i2cADDRESS=gone, not '{line}'");
    }

    private static Action<SimulatedBoard>? Read(string name, string value)
    {
        if (name.StartsWith("i2c0x", StringComparison.Ordinal))
        {
            bool isDevice = byte.TryParse(name.AsSpan(5), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte address) && (value == "gone" || IsHex(value));
            byte[]? answer = isDevice && value != "gone" ? Convert.FromHexString(value) : null;
            return isDevice ? board => board.SetI2c(address, answer) : null;
        }

        bool isAnalog = name.StartsWith("adc", StringComparison.Ordinal);
        if (!int.TryParse(isAnalog ? name[3..] : name, NumberStyles.None, CultureInfo.InvariantCulture, out int place))
        {
            return null;
        }

        if (isAnalog)
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? board => board.SetAnalog(place, number) : null;
        }

        return place < PinCount && value is "high" or "low" or "free" ? board => board.DrivePin(place, value == "free" ? null : value == "high") : null;
    }

    private static bool IsHex(string text)
    {
        return text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
    }
}
