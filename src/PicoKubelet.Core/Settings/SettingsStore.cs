using System;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>
/// The settings document in the device's storage: plain JSON where the user deployed it, JSON behind a checksum where the device
/// wrote it.
/// </summary>
public sealed class SettingsStore
{
    /// <summary>The document's name.</summary>
    public const string FileName = "picokubelet.json";

    /// <summary>The room that <see cref="Save"/> likes to have in front of a document, bytes.</summary>
    public const int HeadBytes = SealedFile.HeadBytes;

    private readonly IStorage _storage;
    private readonly Logger _log;
    private uint _loaded;
    private uint _seen;

    /// <summary>Initializes the store.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="log">The log.</param>
    public SettingsStore(IStorage storage, Logger log)
    {
        _storage = storage;
        _log = log;
    }

    /// <summary>Reads the settings. What is wrong with them is logged; nothing is thrown.</summary>
    /// <returns>The settings, or null where there are none or they can not be used.</returns>
    public DeviceSettings Load()
    {
        IStoredFile stored = null;
        try
        {
            stored = _storage.OpenRead(FileName);
            if (stored != null)
            {
                return Read(stored);
            }

            _log.Error("no settings", "file", FileName);
        }
        catch (SettingsException e)
        {
            _log.Error("settings can not be used", "error", e.Message);
        }
        catch (Exception e)
        {
            _log.Error("settings can not be read", "error", e.Message);
        }
        finally
        {
            stored?.Close();
        }

        return null;
    }

    /// <summary>Writes a settings document, with a checksum in front. After a power cut at any moment there is the old one or the new one.</summary>
    /// <param name="buffer">Where the document is. The <see cref="HeadBytes"/> in front of it are used for the checksum, where there are so many.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <returns>Whether it was stored.</returns>
    public bool Save(byte[] buffer, int offset, int count)
    {
        if (offset < HeadBytes)
        {
            byte[] roomy = new byte[HeadBytes + count];
            Array.Copy(buffer, offset, roomy, HeadBytes, count);
            buffer = roomy;
            offset = HeadBytes;
        }

        SealedFile.Seal(buffer, offset, count);
        bool isStored = _storage.Replace(FileName, buffer, offset - HeadBytes, HeadBytes + count);
        if (!isStored)
        {
            _log.Error("settings can not be stored");
        }

        return isStored;
    }

    /// <summary>Looks whether the document is another one than the one that was loaded.</summary>
    /// <returns>Whether it is, and was the same at the last look: what is just being written is left alone.</returns>
    public bool HasChanged()
    {
        if (!TryGetChecksum(out uint checksum))
        {
            return false;
        }

        bool isSettled = checksum == _seen;
        _seen = checksum;
        return isSettled && checksum != _loaded;
    }

    private static SecretMask Conceal(SettingsReader reader)
    {
        SecretMask secrets = new SecretMask();
        Add(secrets, reader.Partial.Token);
        Add(secrets, reader.Partial.KubeletToken);
        Add(secrets, reader.Partial.Wifi.SecondPassword);
        Add(secrets, reader.Partial.Wifi.SetupPassword);
        PemPrivateKey.Conceal(reader.ClientKey, secrets);
        PemPrivateKey.Conceal(reader.KubeletKey, secrets);
        return secrets;
    }

    private static void Add(SecretMask secrets, string secret)
    {
        if (secret != null)
        {
            byte[] bytes = Utf8.Encoding.GetBytes(secret);
            secrets.Add(bytes, 0, bytes.Length);
        }
    }

    private bool TryGetChecksum(out uint checksum)
    {
        IStoredFile stored = null;
        checksum = Crc32.Start;
        try
        {
            stored = _storage.OpenRead(FileName);
            if (stored == null)
            {
                return false;
            }

            SealedFile file = new SealedFile(stored);
            file.ReadToEnd();
            checksum = file.Checksum;
            return true;
        }
        catch (Exception)
        {
            // Looked at again; what is in force stays.
            return false;
        }
        finally
        {
            stored?.Close();
        }
    }

    private DeviceSettings Read(IStoredFile stored)
    {
        SealedFile file = new SealedFile(stored);
        SettingsReader reader = new SettingsReader();
        DeviceSettings settings;
        try
        {
            settings = reader.Read(file);
        }
        catch (SettingsException e)
        {
            // A name in the document may be a secret that somebody put into the wrong place.
            throw new SettingsException(null, Conceal(reader).Mask(e.Message));
        }

        if (file.HasHead && !file.IsSound)
        {
            throw new SettingsException(null, "the checksum is not the document's");
        }

        if (reader.UnknownField != null)
        {
            _log.Warn("settings hold a field that is not known", "field", Conceal(reader).Mask(reader.UnknownField));
        }

        if (reader.HasMendedCa)
        {
            _log.Warn("ca: the line ends of the certificates were lost and have been put right");
        }

        // Of what was really read, and without a second reading.
        _loaded = file.Checksum;
        _seen = _loaded;
        return settings;
    }
}
