using PicoKubelet.Time;
using System;
using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Storage;

namespace PicoKubelet.Configuration;

/// <summary>
/// Keeps the last good configuration in the device's storage, for a start without the cluster: the values that are not the
/// defaults, as a ConfigMap's data, behind a checksum.
/// </summary>
public sealed class ConfigurationStore
{
    /// <summary>The file's name.</summary>
    public const string FileName = "config.json";

    /// <summary>The shortest time between two writes, milliseconds: flash wears out.</summary>
    public const int MinWriteInterval = 60 * 1000;

    // Those of the reader that the start makes, and that is garbage afterwards. Only names pass through its token buffer.
    private const int JsonBlockBytes = 256;
    private const int JsonTokenBytes = 64;

    private readonly IStorage _storage;
    private readonly IClock _clock;
    private readonly DeviceSettings _settings;
    private readonly Logger _log;
    private uint _storedChecksum;
    private bool _hasFile;
    private bool _isStored;
    private bool _isDirty;
    private long _notBefore;

    /// <summary>Initializes the store.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="settings">The device's settings, which say the values that are not written.</param>
    /// <param name="log">The log.</param>
    public ConfigurationStore(IStorage storage, IClock clock, DeviceSettings settings, Logger log)
    {
        _storage = storage;
        _clock = clock;
        _settings = settings;
        _log = log;
        _notBefore = clock.Milliseconds;
    }

    /// <summary>Reads the stored configuration. What is missing, torn or corrupt is ignored.</summary>
    /// <param name="reader">Takes the values.</param>
    /// <returns>Whether there is one and it is sound.</returns>
    public bool TryLoad(ConfigMapReader reader)
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(FileName);
            _hasFile = stored != null;
            return _hasFile && TryRead(stored, reader);
        }
        catch (JsonException e)
        {
            _log.Warn("stored configuration is corrupt and ignored", "error", e.Message);
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception e)
        {
            _log.Warn("stored configuration can not be read", "error", e.Message);
        }
        finally
        {
            stored?.Close();
        }

        return false;
    }

    /// <summary>Notes that the configuration may be another one than the stored one.</summary>
    public void MarkChanged()
    {
        _isDirty = true;
    }

    /// <summary>Gets how long to wait before <see cref="Save"/> is due.</summary>
    /// <returns>Milliseconds; 0 when it is due, and <see cref="int.MaxValue"/> when nothing changed.</returns>
    public int UntilDue()
    {
        return Due.Until(_clock, _isDirty ? _notBefore : Due.Never);
    }

    /// <summary>Writes the configuration, unless the same is stored already.</summary>
    /// <param name="values">The values in force.</param>
    /// <param name="buffer">Where the document may be put together.</param>
    public void Save(ConfigurationValues values, JsonWriter buffer)
    {
        _isDirty = false;
        if (!WriteDocument(values, buffer))
        {
            Delete();
            return;
        }

        if (buffer.Output.Overflowed)
        {
            _log.Warn("configuration is too long to be stored");
            return;
        }

        byte[] bytes = buffer.Output.Buffer;
        uint checksum = Crc32.Update(Crc32.Start, bytes, buffer.Output.Start, buffer.Output.Length);
        if (_isStored && checksum == _storedChecksum)
        {
            return;
        }

        SealedFile.WriteHead(checksum, bytes, 0);
        _isStored = _storage.Replace(FileName, bytes, 0, SealedFile.HeadBytes + buffer.Output.Length);
        _storedChecksum = checksum;
        _hasFile = true;
        NoteWrite(_isStored);
    }

    private bool TryRead(IStoredFile stored, ConfigMapReader reader)
    {
        SealedFile file = new SealedFile(stored);
        JsonReader json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
        json.Reset(file);
        reader.Read(json);
        json.ReadToEnd();
        if (!file.IsSound)
        {
            _log.Warn("stored configuration is corrupt and ignored", "error", "checksum");
            return false;
        }

        _storedChecksum = file.Checksum;
        _isStored = true;
        return true;
    }

    /// <returns>Whether there is anything to store.</returns>
    private bool WriteDocument(ConfigurationValues values, JsonWriter json)
    {
        bool isEmpty = true;
        ConfigurationValues defaults = ConfigurationKeys.MakeDefaults(_settings);
        json.Reset(SealedFile.HeadBytes);
        json.BeginObject();
        json.BeginObject("data");
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKey key = ConfigurationKeys.Get(i);
            if (!key.AreSame(values, defaults))
            {
                isEmpty = false;
                json.Name(key.Name);
                json.BeginString();
                key.Write(json.Output, values);
                json.EscapeAndEndString();
            }
        }

        for (int i = 0; i < values.Programs.Count; i++)
        {
            isEmpty = false;
            json.Property(ConfigurationKeys.ProgramPrefix + values.Programs.Key(i), values.Programs.Value(i));
        }

        json.EndObject();
        json.EndObject();
        return !isEmpty;
    }

    private void Delete()
    {
        if (_hasFile)
        {
            _isStored = false;
            _hasFile = !_storage.Delete(FileName);
            NoteWrite(!_hasFile);
        }
    }

    private void NoteWrite(bool isDone)
    {
        _notBefore = _clock.Milliseconds + MinWriteInterval;
        if (!isDone)
        {
            _log.Warn("configuration could not be stored");
            _isDirty = true;
        }
    }
}
