using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>
/// Reads a ConfigMap while it streams by: value by value through one buffer, each checked and kept as what it means. Nothing
/// takes effect here. Keys that are missing get their default, values that are refused the last good one.
/// </summary>
public sealed partial class ConfigMapReader : IReplyReader
{
    /// <summary>The bytes of the data that are read at most, as JSON.</summary>
    public const int MaxDataBytes = 16 * 1024;

    /// <summary>The bytes of the buffer that the reader needs at least: the longest value, and the memory cells behind it.</summary>
    public const int MinBufferBytes = ConfigurationKeys.MaxValueBytes + Outputs.MemoryCells.Count;

    // After the data nothing comes that anybody needs but the names in binaryData: past this, another connection costs less than reading it.
    private const int MaxRestBytes = 1024;

    private const int MaxVersionBytes = 64;

    private readonly ConfigurationScope _scope;
    private readonly DeviceSettings _settings;
    private readonly ConfigurationValues _lastGood;
    private readonly ConfigurationText _text;
    private readonly int _cellsStart;
    private bool _hasData;
    private bool _hasCells;

    /// <summary>Initializes the reader.</summary>
    /// <param name="scope">What makes a value right on this device.</param>
    /// <param name="settings">The device's settings, which say the values of keys that are missing.</param>
    /// <param name="lastGood">The values of keys that are refused: those in force.</param>
    /// <param name="buffer">
    /// What the values pass through, and where the memory cells that were read are; <see cref="MinBufferBytes"/> at least. It is
    /// used while a ConfigMap is read, and until its values are in force.
    /// </param>
    public ConfigMapReader(ConfigurationScope scope, DeviceSettings settings, ConfigurationValues lastGood, byte[] buffer)
    {
        _scope = scope;
        _settings = settings;
        _lastGood = lastGood;
        _text = new ConfigurationText(buffer);
        _cellsStart = buffer.Length - Outputs.MemoryCells.Count;
    }

    /// <summary>Gets the values that were read, until they are forgotten.</summary>
    public ConfigurationValues Values { get; private set; }

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
        _hasCells = false;
        Values = ConfigurationKeys.MakeDefaults(_settings, _text.Buffer, _cellsStart);
    }

    /// <summary>Forgets the values, once they are in force or refused: they take heap, and are seldom needed.</summary>
    internal void Forget()
    {
        Values = null;
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
            else if (json.NameIs("binaryData"))
            {
                ReadBinaryData(json);
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
        // A second data that breaks off leaves values behind that are none.
        IsComplete = false;
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

    /// <summary>Names what kubectl took for no text, such as a file in UTF-16: it would be missing without a word.</summary>
    private void ReadBinaryData(JsonReader json)
    {
        if (!IsComplete)
        {
            json.MaxPosition = json.Position + MaxDataBytes;
        }

        try
        {
            if (json.BeginObjectOrSkip())
            {
                while (json.ReadName())
                {
                    Report.AddBinary(json.GetString());
                }
            }
        }
        catch (JsonException)
        {
            // Behind the data it costs but the names that come later than this.
            IsTooLarge = !IsComplete && json.Position >= json.MaxPosition;
            throw;
        }

        json.MaxPosition = IsComplete ? json.MaxPosition : int.MaxValue;
    }

    private void ReadValue(JsonReader json)
    {
        ConfigurationKey key = ConfigurationKeys.Find(json);
        if (key == null)
        {
            ReadOther(json, json.GetString());
            return;
        }

        ReadText(json);
        _hasCells |= key is CellsKey;
        string rule = json.IsTruncated ? "must be at most " + key.MaxBytes.ToString() + " bytes" : key.Read(_text, Values, _scope);
        if (rule != null)
        {
            key.Copy(_lastGood, Values);
            Report.AddInvalid(key.Name, _text, rule);
        }
    }

    private void ReadText(JsonReader json)
    {
        json.ReadStringInto(_text.Buffer, out int length);
        _text.Begin(length);
        if (length > _cellsStart)
        {
            RestoreCells();
        }
    }

    /// <summary>Undoes that a value which is far too long ran over the memory cells that were read before.</summary>
    private void RestoreCells()
    {
        Values.ClearCells();
        if (_hasCells)
        {
            Values.CopyCells(_lastGood);
            Report.AddLost(ConfigurationKeys.CellsName);
            _hasCells = false;
        }
    }
}
