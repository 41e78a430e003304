using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Kubernetes;
using PicoKubelet.Settings;

namespace PicoKubelet.Enroll.Device;

/// <summary>Writes the documents that go onto a board, and those that tell nanoff so. deploy/device has them as templates.</summary>
internal static class DeviceFiles
{
    /// <summary>The firmware's settings.</summary>
    public const string Settings = "picokubelet.json";

    /// <summary>nanoff's list of files: --filedeployment.</summary>
    public const string Files = "files.json";

    /// <summary>nanoff's network configuration: --networkdeployment.</summary>
    public const string Network = "network.json";

    // The JSON is read by a board and by people: quotes and non-ASCII letters need no escapes there.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the firmware's settings.</summary>
    /// <param name="name">The Node's name.</param>
    /// <param name="access">How the board reaches the API server.</param>
    /// <param name="credentials">What the board signs in with.</param>
    /// <param name="kubeletToken">What clients of the node's port have to show, or null.</param>
    /// <param name="old">Settings that the board had before, of which all else stays; or null.</param>
    /// <param name="target">The CLR's build target of the board, or null.</param>
    /// <param name="serving">With what the board's port speaks TLS, or null.</param>
    /// <param name="syslog">Where the board sends its log, or null to leave that as it is.</param>
    /// <exception cref="EnrollException">The firmware would not take them, or the old ones are not this board's.</exception>
    public static string MakeSettings(
        string name,
        ClusterAccess access,
        BoardCredentials credentials,
        string? kubeletToken,
        string? old,
        string? target = null,
        ServingIdentity? serving = null,
        string? syslog = null)
    {
        JsonObject settings = old is null ? [] : ParseOf(name, old);
        settings["nodeName"] = name;
        settings["apiServer"] = access.Server;
        credentials.PutInto(settings);
        settings.Remove("ca");
        if (access.Ca is not null)
        {
            settings["ca"] = access.Ca;
        }

        if (kubeletToken is not null)
        {
            JsonObject kubelet = settings["kubelet"] as JsonObject ?? [];
            kubelet["token"] = kubeletToken;
            settings["kubelet"] = kubelet;
        }

        if (syslog is not null)
        {
            settings["syslog"] = syslog;
        }

        serving?.PutInto(settings);
        if (target is not null)
        {
            settings["target"] = target;
        }

        return Checked(settings);
    }

    /// <summary>Puts other credentials into settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">The Node's name that they must have.</param>
    /// <param name="credentials">The new credentials.</param>
    /// <param name="serving">With what the board's port speaks TLS from now on, or null to leave that as it is.</param>
    /// <exception cref="EnrollException">They are not this board's, or the firmware would not take them.</exception>
    public static string Replace(string settings, string name, BoardCredentials credentials, ServingIdentity? serving = null)
    {
        JsonObject document = ParseOf(name, settings);
        credentials.PutInto(document);
        serving?.PutInto(document);
        return Checked(document);
    }

    /// <summary>Takes the certificate of a board's port out of settings, where another one will take its place: the one that is there may have expired.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="EnrollException">They are no JSON object.</exception>
    public static string WithoutServing(string settings)
    {
        JsonObject document = Parse(settings);
        ServingIdentity.RemoveFrom(document);
        return Text(document);
    }

    /// <summary>Puts what is known of the Wi-Fi into settings.</summary>
    /// <param name="settings">The settings that the board had before, or null.</param>
    /// <param name="name">The Node's name, for settings that are new.</param>
    /// <param name="wifi">What is known.</param>
    /// <exception cref="EnrollException">They are no JSON object.</exception>
    /// <returns>The settings, unchecked, or null where there are none.</returns>
    public static string? AddWifi(string? settings, string name, BoardWifi wifi)
    {
        JsonObject document = settings is null ? new JsonObject { ["nodeName"] = name } : Parse(settings);
        wifi.PutInto(document);
        return settings is not null || document["wifi"] is not null ? Text(document) : null;
    }

    /// <summary>Finds what settings sign in with.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="EnrollException">They are no JSON object.</exception>
    public static BoardIdentity IdentityIn(string settings)
    {
        return BoardCredentials.HasCertificate(Parse(settings)) ? BoardIdentity.Node : BoardIdentity.Token;
    }

    /// <summary>Has a board announce a gateway, or nothing again.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">The Node's name that they must have.</param>
    /// <param name="gateway">The address and the port that stand for the board's, or null for its own.</param>
    /// <param name="newToken">The token of the board's port where the settings have none or where another one is wanted; or null.</param>
    /// <param name="token">The token that the board's port asks for, or null.</param>
    /// <exception cref="EnrollException">They are not this board's, or the firmware would not take them.</exception>
    public static string Announce(string settings, string name, string? gateway, string? newToken, out string? token)
    {
        JsonObject document = ParseOf(name, settings);
        JsonObject kubelet = document["kubelet"] as JsonObject ?? [];
        document["kubelet"] = kubelet;
        kubelet.Remove("announce");
        if (gateway is not null)
        {
            kubelet["announce"] = gateway;
        }

        if (newToken is not null)
        {
            kubelet["token"] = newToken;
        }

        token = kubelet["token"]?.GetValue<string>();
        return Checked(document);
    }

    /// <summary>Finds the names under which the board's port speaks TLS by its settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="EnrollException">They are no JSON object.</exception>
    public static IReadOnlyList<string> ServingNamesIn(string settings)
    {
        return ServingIdentity.NamesIn(Parse(settings));
    }

    /// <summary>Makes nanoff's list of files.</summary>
    /// <param name="target">The board's target.</param>
    /// <param name="serialPort">Where the board is connected.</param>
    public static string MakeFiles(BoardTarget target, string serialPort)
    {
        string stored = target.StoredName(Settings);
        JsonArray files = [];
        if (target.IsPico)
        {
            // A Pico's runtime writes over a file without shortening it: the end of a longer one would stay.
            files.Add(new JsonObject { ["DestinationFilePath"] = stored });
        }

        files.Add(new JsonObject { ["DestinationFilePath"] = stored, ["SourceFilePath"] = Settings });
        return Text(new JsonObject { ["SerialPort"] = serialPort, ["Files"] = files });
    }

    /// <summary>Makes nanoff's network configuration.</summary>
    /// <param name="serialPort">Where the board is connected.</param>
    /// <param name="ssid">The Wi-Fi's name.</param>
    /// <param name="password">Its password; empty for an open network.</param>
    /// <exception cref="EnrollException">The password is none that a board can use.</exception>
    public static string MakeNetwork(string serialPort, string ssid, string password)
    {
        // IEEE 802.11: a passphrase of 8 to 63 characters. The runtime has no room for the 64 digits that it takes too.
        if (password.Length is > 0 and < 8 or > 63 || password.Any(letter => letter is < ' ' or > '~'))
        {
            throw new EnrollException("the Wi-Fi's password must be 8 to 63 characters of ASCII, or nothing for an open network");
        }

        bool isOpen = password.Length == 0;
        return Text(new JsonObject
        {
            ["SerialPort"] = serialPort,
            ["WirelessClient"] = new JsonObject
            {
                ["Ssid"] = ssid,
                ["Password"] = password,
                ["Authentication"] = isOpen ? "Open" : "WPA2",
                ["Encryption"] = isOpen ? "None" : "WPA2_PSK2",
                ["ConfigurationOption"] = "AutoConnect",
            },
        });
    }

    private static JsonObject ParseOf(string name, string settings)
    {
        JsonObject document = Parse(settings);
        string? found = document["nodeName"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        return found == name ? document : throw new EnrollException($"{Settings} is that of '{found}', not of '{name}'");
    }

    private static JsonObject Parse(string settings)
    {
        try
        {
            return JsonNode.Parse(settings) as JsonObject ?? throw new EnrollException($"{Settings} is no JSON object");
        }
        catch (JsonException exception)
        {
            throw new EnrollException($"{Settings} is not JSON: {exception.Message}");
        }
    }

    private static string Checked(JsonObject settings)
    {
        string text = Text(settings);
        try
        {
            new SettingsReader().Read(new TextSource(text));
            return text;
        }
        catch (SettingsException exception)
        {
            throw new EnrollException($"the firmware would not take these settings: {exception.Message}");
        }
    }

    private static string Text(JsonObject document)
    {
        return document.ToJsonString(Readable) + "\n";
    }
}
