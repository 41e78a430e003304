using PicoKubelet.Api;
using PicoKubelet.Json;

namespace PicoKubelet.Configuration;

/// <summary>
/// Reads a ConfigMap while it streams by: value by value through one buffer, each checked and kept as what it means. Nothing
/// takes effect here. Keys that are missing get their default, values that are refused the last good one.
/// </summary>
public sealed class ConfigMapReader : IReplyReader
{
    /// <summary>The bytes of the data that are read at most, as JSON.</summary>
    public const int MaxDataBytes = 16 * 1024;

    // After the data comes binaryData, which nobody needs: past this, another connection costs less than reading it.
    private const int MaxRestBytes = 1024;

    private const int MaxVersionBytes = 64;

    private readonly ConfigurationScope _scope;
    private readonly ConfigurationValues _defaults;
    private readonly ConfigurationValues _lastGood;
    private readonly ConfigurationText _text = new ConfigurationText(ConfigurationKeys.MaxValueBytes);
    private bool _hasData;

    /// <summary>Initializes the reader.</summary>
    /// <param name="scope">What makes a value right on this device.</param>
    /// <param name="defaults">The values of keys that are missing.</param>
    /// <param name="lastGood">The values of keys that are refused: those in force.</param>
    public ConfigMapReader(ConfigurationScope scope, ConfigurationValues defaults, ConfigurationValues lastGood)
    {
        _scope = scope;
        _defaults = defaults;
        _lastGood = lastGood;
        Values = new ConfigurationValues(new byte[Io.MemoryCells.Count]);
    }

    /// <summary>Gets the values that were read.</summary>
    public ConfigurationValues Values { get; }

    /// <summary>Gets what is wrong with them.</summary>
    public ConfigurationReport Report { get; } = new ConfigurationReport();

    /// <summary>Gets the ConfigMap's resourceVersion, or null where none was read.</summary>
    public string ResourceVersion { get; private set; }

    /// <summary>Gets whether all that is needed was read: the resourceVersion and the whole of the data.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets whether the data is larger than <see cref="MaxDataBytes"/>.</summary>
    public bool IsTooLarge { get; private set; }

    /// <inheritdoc/>
    public void Read(JsonReader json)
    {
        Clear();
        ReadObject(json);
    }

    /// <summary>Begins with nothing read: no data, all defaults.</summary>
    internal void Clear()
    {
        Report.Clear();
        ResourceVersion = null;
        IsComplete = false;
        IsTooLarge = false;
        _hasData = false;
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKeys.Get(i).Copy(_defaults, Values);
        }
    }

    /// <summary>Reads an object, which may be a part of a larger document.</summary>
    internal void ReadObject(JsonReader json)
    {
        if (!json.BeginObjectOrSkip())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.NameIs("metadata") && json.BeginObjectOrSkip())
            {
                ReadMetadata(json);
            }
            else if (json.NameIs("data"))
            {
                ReadData(json);
            }

            if (_hasData && ResourceVersion != null && !IsComplete)
            {
                IsComplete = true;
                json.MaxPosition = json.Position + MaxRestBytes;
            }
        }

        // A ConfigMap without data has no such member at all.
        IsComplete = ResourceVersion != null;
    }

    private void ReadMetadata(JsonReader json)
    {
        while (json.ReadName())
        {
            if (json.NameIs("resourceVersion"))
            {
                ResourceVersion = json.ReadString(MaxVersionBytes);
            }
        }
    }

    private void ReadData(JsonReader json)
    {
        json.MaxPosition = json.Position + MaxDataBytes;
        try
        {
            if (json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    ReadValue(json);
                }
            }
        }
        catch (JsonException)
        {
            IsTooLarge = json.Position >= json.MaxPosition;
            throw;
        }

        json.MaxPosition = int.MaxValue;
        _hasData = true;
    }

    private void ReadValue(JsonReader json)
    {
        ConfigurationKey key = ConfigurationKeys.Find(json);
        if (key == null)
        {
            Report.AddUnknown(json.GetString());
            return;
        }

        json.ReadStringInto(_text.Buffer, out int length);
        _text.Begin(length);
        string rule = json.IsTruncated ? "must be at most " + key.MaxBytes.ToString() + " bytes" : key.Read(_text, Values, _scope);
        if (rule != null)
        {
            key.Copy(_lastGood, Values);
            Report.AddInvalid(key, _text, rule);
        }
    }
}
