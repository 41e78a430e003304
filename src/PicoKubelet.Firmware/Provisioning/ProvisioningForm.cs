using PicoKubelet.Hardware;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

/// <summary>
/// The form: what was typed, what is wrong with it, and what becomes of it. The settings are checked by the reader that will read
/// them at the next start. A secret that is left empty stays as it is stored, unless somebody else would get to see it.
/// </summary>
internal sealed partial class ProvisioningForm
{
    public const int Network = 0;
    public const int Ssid = 1;
    public const int Password = 2;
    public const int SecondSsid = 3;
    public const int SecondPassword = 4;
    public const int Address = 5;
    public const int Netmask = 6;
    public const int Gateway = 7;
    public const int Dns = 8;
    public const int ApiServer = 9;
    public const int Token = 10;
    public const int Ca = 11;
    public const int NodeName = 12;
    public const int KubeletToken = 13;
    public const int FormToken = 14;

    /// <summary>The bound on the form as it is sent: CA and token as long as the settings allow, encoded.</summary>
    public const int MaxBytes = 8192;

    private const int FieldCount = 15;

    // What was typed, with the names of its fields.
    private const int TypedBytes = MaxBytes + 1024;

    // What is stored besides may be several times as long: three CAs, two certificates and two keys of 4 KB each at most.
    private const int MaxDocumentBytes = 4 * TypedBytes;

    private const string TypeAgain = "must be typed again, since it would go to another server";

    private readonly SettingsStore _store;
    private readonly IWifiSetup _wifi;
    private readonly SettingsReader _reader = new SettingsReader();
    private readonly string[] _errors = Strings.NewArray(FieldCount);
    private readonly JsonWriter _json = new JsonWriter(new Utf8Writer(TypedBytes));
    private DeviceSettings _typed;

    /// <summary>Initializes the form.</summary>
    /// <param name="store">Where the settings go.</param>
    /// <param name="wifi">Where the Wi-Fi credentials go.</param>
    /// <param name="stored">The settings that are stored, or null.</param>
    public ProvisioningForm(SettingsStore store, IWifiSetup wifi, DeviceSettings stored)
    {
        _store = store;
        _wifi = wifi;
        Stored = stored ?? new DeviceSettings();

        // The settings by the names that the settings document has for them, but for nodeName: a field of that name would take
        // the place of the form's own property, which tools and extensions in the browser read.
        Fields = new FormReader(
            new string[]
            {
                "net", "ssid", "pass", "wifi.secondssid", "wifi.secondpassword", "wifi.address", "wifi.netmask", "wifi.gateway", "wifi.dns",
                "apiserver", "token", "ca", "node", "kubelet.token", "csrf",
            },
            MaxBytes);
    }

    /// <summary>Gets what was typed.</summary>
    public FormReader Fields { get; }

    /// <summary>Gets the settings that are stored; without an API server there are none.</summary>
    public DeviceSettings Stored { get; }

    /// <summary>Gets the name of the Wi-Fi network that is stored, or an empty text.</summary>
    public string StoredSsid => _wifi.Ssid;

    /// <summary>Gets whether a Wi-Fi password is stored.</summary>
    public bool HasStoredPassword => _wifi.HasPassword;

    /// <summary>Gets how many fields are wrong.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Gets the first field on the page that is wrong, or -1.</summary>
    public int FirstError
    {
        get
        {
            for (int field = 0; field < FieldCount; field++)
            {
                if (_errors[field] != null)
                {
                    return field;
                }
            }

            return -1;
        }
    }

    /// <summary>Gets what is wrong with a field, or null.</summary>
    public string Error(int field)
    {
        return _errors[field];
    }

    /// <summary>Gets whether the CA that was typed had lost its line ends.</summary>
    public bool HasMendedCa => _reader.HasMendedCa;

    /// <summary>
    /// Looks whether what was typed into a field may be shown again: not where somebody pasted a secret into the wrong field.
    /// </summary>
    /// <param name="field">The field.</param>
    /// <returns>Whether it holds no piece of a secret.</returns>
    public bool CanShow(int field)
    {
        SecretMask secrets = new SecretMask();
        Add(secrets, Password);
        Add(secrets, SecondPassword);
        Add(secrets, Token);
        Add(secrets, KubeletToken);
        Add(secrets, Stored.Token);
        Add(secrets, Stored.KubeletToken);
        Add(secrets, Stored.Wifi.SecondPassword);
        Add(secrets, Stored.Wifi.SetupPassword);
        string text = Fields.Text(field);
        return text.IndexOf("PRIVATE KEY") < 0 && secrets.Mask(text) == text;
    }

    /// <summary>Gets the Wi-Fi network that was typed, or else chosen.</summary>
    public string TypedSsid => Fields.Length(Ssid) > 0 ? Fields.Text(Ssid) : Fields.Text(Network);

    /// <summary>Forgets what was typed.</summary>
    public void Clear()
    {
        Fields.Forget();
        _typed = null;
        ErrorCount = 0;
        for (int i = 0; i < FieldCount; i++)
        {
            _errors[i] = null;
        }
    }

    /// <summary>Checks what was typed.</summary>
    /// <returns>Whether it can be stored.</returns>
    public bool Check()
    {
        for (int field = Address; field <= KubeletToken; field++)
        {
            Fields.Trim(field);
        }

        while (!TryRead())
        {
        }

        CheckWifi();
        CheckKept();
        return ErrorCount == 0;
    }

    /// <summary>Stores what was checked.</summary>
    /// <returns>Whether it is stored.</returns>
    public bool Save()
    {
        // Over what is stored, which holds more than the form has fields for.
        Stored.ApiServer = _typed.ApiServer;
        Stored.NodeName = _typed.NodeName;
        Stored.Token = _typed.Token ?? Stored.Token;
        Stored.ClientIdentity = _typed.Token == null ? Stored.ClientIdentity : null;
        Stored.Ca = _typed.Ca ?? Stored.Ca;
        Stored.KubeletToken = _typed.KubeletToken ?? Stored.KubeletToken;
        Stored.Wifi.Address = _typed.Wifi.Address;
        bool isSameSecond = _typed.Wifi.SecondSsid != null && _typed.Wifi.SecondSsid == Stored.Wifi.SecondSsid;
        if (!isSameSecond || _typed.Wifi.SecondPassword.Length > 0)
        {
            Stored.Wifi.SecondPassword = _typed.Wifi.SecondPassword;
        }

        Stored.Wifi.SecondSsid = _typed.Wifi.SecondSsid;
        Utf8Writer document = WriteDocument();

        // The settings last: without them the board comes back here.
        return !document.Overflowed
            && _wifi.Save(TypedSsid, KeepsPassword() ? null : Fields.Text(Password))
            && _store.Save(document.Buffer, document.Start, document.Length);
    }

    private Utf8Writer WriteDocument()
    {
        JsonWriter json = _json;
        json.Reset(SettingsStore.HeadBytes);
        SettingsWriter.Write(Stored, json);
        for (int bytes = 2 * TypedBytes; json.Output.Overflowed && bytes <= MaxDocumentBytes; bytes *= 2)
        {
            json = new JsonWriter(new Utf8Writer(bytes));
            json.Reset(SettingsStore.HeadBytes);
            SettingsWriter.Write(Stored, json);
        }

        return json.Output;
    }

    private void Add(SecretMask secrets, int field)
    {
        secrets.Add(Fields.Buffer, Fields.Start(field), Fields.Length(field));
    }

    private static void Add(SecretMask secrets, string secret)
    {
        if (secret != null)
        {
            byte[] bytes = Utf8.Encoding.GetBytes(secret);
            secrets.Add(bytes, 0, bytes.Length);
        }
    }
}
