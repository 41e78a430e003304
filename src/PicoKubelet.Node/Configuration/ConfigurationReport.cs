using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>What is wrong with a ConfigMap, for people: each key with its value and the rule that it breaks, within 768 bytes.</summary>
public sealed class ConfigurationReport
{
    /// <summary>The bytes of the longest message: it is kept for the Node's condition and for an Event, whose bound is 1 KB.</summary>
    public const int MaxMessageBytes = 768;

    /// <summary>The condition's reason where a value is right and could not be put in force.</summary>
    public const string ApplyFailed = "ApplyFailed";

    private const int MaxNameBytes = 64;
    private const int MaxValueBytes = 64;

    // Of what a runtime says, each at most four bytes: with its key within an item.
    private const int MaxErrorChars = 64;

    // A name, a value, the longest rule and what stands between them; and the end that counts what was left out.
    private const int MaxItemBytes = 320;

    // Built only when something is wrong, which is rare: no buffer is kept for it.
    private string _message = "";
    private int _messageBytes;
    private int _leftOut;

    /// <summary>Gets the number of values that were refused.</summary>
    public int InvalidValues { get; private set; }

    /// <summary>Gets the number of keys that are not known.</summary>
    public int UnknownKeys { get; private set; }

    /// <summary>Gets the number of values that are right and could not be put in force.</summary>
    public int Failures { get; private set; }

    /// <summary>Gets whether nothing is wrong.</summary>
    public bool IsClean => InvalidValues == 0 && UnknownKeys == 0 && Failures == 0;

    /// <summary>Gets the reason for the condition: the gravest of what is wrong.</summary>
    public string Reason => Failures > 0 ? ApplyFailed : InvalidValues > 0 ? "InvalidValue" : "UnknownKey";

    /// <summary>Begins with nothing wrong.</summary>
    public void Clear()
    {
        _message = "";
        _messageBytes = 0;
        _leftOut = 0;
        InvalidValues = 0;
        UnknownKeys = 0;
        Failures = 0;
    }

    /// <summary>Adds a value that was refused.</summary>
    /// <param name="key">Its key's name.</param>
    /// <param name="text">The value.</param>
    /// <param name="rule">The rule that it breaks.</param>
    public void AddInvalid(string key, ConfigurationText text, string rule)
    {
        InvalidValues++;
        if (HasRoom())
        {
            Utf8Writer item = new Utf8Writer(MaxItemBytes);
            item.Write(Shorten(key));
            item.Write(": \"");
            text.WriteExcerpt(item, MaxValueBytes);
            item.Write("\" ");
            item.Write(rule);
            Add(Utf8.Encoding.GetString(item.Buffer, item.Start, item.Length), item.Length);
        }
    }

    /// <summary>Adds a value that could not be kept beside another one.</summary>
    /// <param name="key">Its key.</param>
    internal void AddLost(string key)
    {
        InvalidValues++;
        if (HasRoom())
        {
            string item = key + ": is not taken beside a value that is far too long";
            Add(item, item.Length);
        }
    }

    /// <summary>Adds a value that is right and could not be put in force.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="error">What was thrown.</param>
    internal void AddFailed(string key, string error)
    {
        Failures++;
        if (HasRoom())
        {
            string item = key + ": could not be put in force: " + (error.Length > MaxErrorChars ? error.Substring(0, MaxErrorChars) : error);
            Add(item, Utf8.Encoding.GetBytes(item).Length);
        }
    }

    /// <summary>Adds a key whose value is no text.</summary>
    /// <param name="name">Its name.</param>
    internal void AddBinary(string name)
    {
        AddKey(name, ": is in binaryData, which is not read: save the file as UTF-8");
    }

    /// <summary>Adds a key that is not known.</summary>
    /// <param name="name">Its name.</param>
    public void AddUnknown(string name)
    {
        AddKey(name, ": is not a known key");
    }

    /// <summary>Makes the message; nothing is added after it.</summary>
    /// <returns>The message.</returns>
    public string MakeMessage()
    {
        if (_leftOut > 0)
        {
            // Whoever asked keeps it: then it is in memory once.
            _message += "; and " + _leftOut.ToString() + " more";
            _leftOut = 0;
        }

        return _message;
    }

    private void AddKey(string name, string fault)
    {
        UnknownKeys++;
        if (HasRoom())
        {
            string item = Shorten(name) + fault;
            Add(item, Utf8.Encoding.GetBytes(item).Length);
        }
    }

    private static string Shorten(string name)
    {
        // What the API server takes for a key is ASCII: letters, digits, -, _ and dots, at most 253.
        return name.Length > MaxNameBytes ? name.Substring(0, MaxNameBytes) + "..." : name;
    }

    private bool HasRoom()
    {
        if (_messageBytes > MaxMessageBytes - MaxItemBytes)
        {
            _leftOut++;
            return false;
        }

        return true;
    }

    private void Add(string item, int bytes)
    {
        bool isFirst = _messageBytes == 0;
        _message = isFirst ? item : _message + "; " + item;
        _messageBytes += isFirst ? bytes : bytes + 2;
    }
}
