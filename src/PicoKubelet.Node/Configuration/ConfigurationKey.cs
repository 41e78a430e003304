using PicoKubelet.Text;

namespace PicoKubelet.Configuration;

/// <summary>One key of the ConfigMap: what it is for people, and how its value is read, kept and written.</summary>
public abstract class ConfigurationKey
{
    /// <summary>Initializes the key.</summary>
    /// <param name="name">The key's name.</param>
    /// <param name="maxBytes">The length of the longest value, bytes.</param>
    protected ConfigurationKey(string name, int maxBytes)
    {
        Name = name;
        MaxBytes = maxBytes;
    }

    /// <summary>Gets the key's name.</summary>
    public string Name { get; }

    /// <summary>Gets the rule that a value must keep, as the end of the sentence "must be …".</summary>
    public abstract string Range { get; }

    /// <summary>Gets the length of the longest value, bytes.</summary>
    public int MaxBytes { get; }

    /// <summary>Reads a value. Whatever the text, it never throws.</summary>
    /// <param name="text">The value's text.</param>
    /// <param name="values">Where the value goes; undefined for this key where it is refused.</param>
    /// <param name="scope">What else makes it right or wrong.</param>
    /// <returns>Null, or the rule that the value breaks.</returns>
    public string Read(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope)
    {
        return text.Length > MaxBytes ? "must be at most " + MaxBytes.ToString() + " bytes" : ReadText(text, values, scope);
    }

    /// <summary>Writes the value as the ConfigMap may have it; <see cref="Read"/> makes the same value of it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="values">Where the value is.</param>
    public abstract void Write(Utf8Writer output, ConfigurationValues values);

    /// <summary>Copies the key's value from one set to another.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    public abstract void Copy(ConfigurationValues from, ConfigurationValues to);

    /// <summary>Compares the key's value in two sets.</summary>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public abstract bool AreSame(ConfigurationValues one, ConfigurationValues other);

    /// <summary>Reads a value that is not too long.</summary>
    /// <param name="text">The value's text.</param>
    /// <param name="values">Where the value goes.</param>
    /// <param name="scope">What else makes it right or wrong.</param>
    /// <returns>Null, or the rule that the value breaks.</returns>
    protected abstract string ReadText(ConfigurationText text, ConfigurationValues values, ConfigurationScope scope);
}
