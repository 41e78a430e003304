using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>What is wrong with a ConfigMap, for people: each key with its value and the rule that it breaks, within 1 KB.</summary>
public sealed class ConfigurationReport
{
    /// <summary>The bytes of the longest message: an Event's message may have as many.</summary>
    public const int MaxMessageBytes = 1024;

    private const int MaxNameBytes = 64;
    private const int MaxValueBytes = 64;

    // A name, a value, the longest rule and what stands between them; and the end that counts what was left out.
    private const int MaxItemBytes = 320;

    private readonly Utf8Writer _message = new Utf8Writer(MaxMessageBytes);
    private int _leftOut;

    /// <summary>Gets the number of values that were refused.</summary>
    public int InvalidValues { get; private set; }

    /// <summary>Gets the number of keys that are not known.</summary>
    public int UnknownKeys { get; private set; }

    /// <summary>Gets whether nothing is wrong.</summary>
    public bool IsClean => InvalidValues == 0 && UnknownKeys == 0;

    /// <summary>Begins with nothing wrong.</summary>
    public void Clear()
    {
        _message.Reset();
        _leftOut = 0;
        InvalidValues = 0;
        UnknownKeys = 0;
    }

    /// <summary>Adds a value that was refused.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">The value.</param>
    /// <param name="rule">The rule that it breaks.</param>
    public void AddInvalid(ConfigurationKey key, ConfigurationText text, string rule)
    {
        InvalidValues++;
        if (BeginItem())
        {
            _message.Write(key.Name);
            _message.Write(": \"");
            text.WriteExcerpt(_message, MaxValueBytes);
            _message.Write("\" ");
            _message.Write(rule);
        }
    }

    /// <summary>Adds a key that is not known.</summary>
    /// <param name="name">Its name.</param>
    public void AddUnknown(string name)
    {
        UnknownKeys++;
        if (BeginItem())
        {
            // What the API server takes for a key is ASCII: letters, digits, -, _ and dots, at most 253.
            _message.Write(name.Length > MaxNameBytes ? name.Substring(0, MaxNameBytes) + "..." : name);
            _message.Write(": is not a known key");
        }
    }

    /// <summary>Makes the message.</summary>
    /// <returns>The message.</returns>
    public string MakeMessage()
    {
        string message = Utf8.Encoding.GetString(_message.Buffer, _message.Start, _message.Length);
        return _leftOut == 0 ? message : message + "; and " + _leftOut.ToString() + " more";
    }

    private bool BeginItem()
    {
        if (_message.Length > MaxMessageBytes - MaxItemBytes)
        {
            _leftOut++;
            return false;
        }

        if (_message.Length > 0)
        {
            _message.Write("; ");
        }

        return true;
    }
}
