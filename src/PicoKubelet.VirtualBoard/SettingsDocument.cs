using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.Hardware;
using PicoKubelet.Settings;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.VirtualBoard;

/// <summary>Writes the document that the firmware finds in its storage.</summary>
internal static class SettingsDocument
{
    // What its heap bears is fewer.
    private const int MostPods = 10;

    // Those of the samples among them.
    private static readonly int[] OfferedPins = [2, 4, 14, 15];
    private static readonly int[] OfferedChannels = [0, 1];
    private static readonly string[] OfferedAddresses = ["0x23", "0x44", "0x48", "0x76"];

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Puts a board's options over the document that it starts from.</summary>
    /// <param name="options">The board's options.</param>
    /// <param name="stored">The document in the board's storage, used where the options hold none; or null.</param>
    /// <returns>The document to store.</returns>
    public static string Write(BoardOptions options, string? stored)
    {
        string? start = options.SettingsJson ?? stored;
        JsonObject? document = start is null ? [] : TryParse(start);
        if (document is null)
        {
            return start!;
        }

        document["nodeName"] = options.Name;
        Set(document, "apiServer", options.ApiServer?.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        SetIdentity(document, options);
        Set(document, "ca", options.CaPem);
        Set(Child(document, "heartbeat"), "mode", options.Mode);
        Set(Child(document, "heartbeat"), "leaseSeconds", Seconds(options.LeaseInterval));
        Set(Child(document, "heartbeat"), "statusSeconds", Seconds(options.StatusInterval));
        Set(Child(document, "kubelet"), "port", options.KubeletPort == 0 ? FindFreePort(options.Address) : options.KubeletPort);
        Set(Child(document, "kubelet"), "token", options.KubeletToken ?? (document["kubelet"]?["token"] is null ? options.ClusterKubeletToken : null));
        if (options.OffersPods && document["pods"] is null)
        {
            document["pods"] = OfferPods(BoardModels.Find(options.Board));
        }

        foreach ((string key, string value) in options.Labels)
        {
            Child(document, "labels")[key] = value;
        }

        RemoveEmpty(document, "heartbeat", "kubelet", "labels");
        return document.ToJsonString(Readable);
    }

    // A board signs in with one of the two.
    private static void SetIdentity(JsonObject document, BoardOptions options)
    {
        if (options.ClientCertificate is not null)
        {
            document.Remove("token");
        }
        else if (options.Token is not null)
        {
            document.Remove("clientCertificate");
            document.Remove("clientKey");
        }

        Set(document, "token", options.Token);
        Set(document, "clientCertificate", options.ClientCertificate);
        Set(document, "clientKey", options.ClientKey);
    }

    /// <summary>Takes a document out of the file that the firmware stored it in.</summary>
    /// <param name="stored">The file's text, or null.</param>
    /// <returns>The text without the line of the checksum, where there is one.</returns>
    public static string? Unseal(string? stored)
    {
        return stored?.IndexOf('\n') == SettingsStore.HeadBytes - 1 && !stored.StartsWith('{') ? stored[SettingsStore.HeadBytes..] : stored;
    }

    /// <summary>Reads a text field of a settings document.</summary>
    /// <param name="json">The document, or null.</param>
    /// <param name="field">The field's name, at the top level.</param>
    /// <returns>The field's text, or null where there is none.</returns>
    public static string? ReadText(string? json, string field)
    {
        JsonNode? value = json is null ? null : TryParse(json)?[field];
        return value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
    }

    /// <summary>Reads the kubelet's port of a settings document.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The port, or the firmware's default where there is none.</returns>
    public static int ReadKubeletPort(string json)
    {
        JsonNode? value = (TryParse(json)?["kubelet"] as JsonObject)?["port"];
        return value is JsonValue number && number.TryGetValue(out int port) ? port : new DeviceSettings().KubeletPort;
    }

    /// <summary>Reads the token of the kubelet's port.</summary>
    /// <param name="json">The document, or null.</param>
    /// <returns>The token, or null where there is none.</returns>
    public static string? ReadKubeletToken(string? json)
    {
        JsonNode? value = json is null ? null : (TryParse(json)?["kubelet"] as JsonObject)?["token"];
        return value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
    }

    /// <summary>Checks a document as the firmware will; what the virtual board adds by itself may be missing.</summary>
    /// <param name="json">The document.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? FindFault(string json)
    {
        var anyServer = ReadText(json, "apiServer") is null ? new Uri("http://127.0.0.1") : null;

        // A certificate may be another node's. A name that can be none has its own fault elsewhere, whether it came from here or from an option.
        string name = ReadText(json, "nodeName") is { } given && KubernetesNames.IsDnsSubdomain(given) ? given : new BoardOptions().Name;
        string complete = Write(new BoardOptions { Name = name, SettingsJson = json, ApiServer = anyServer, KubeletPort = null }, stored: null);
        try
        {
            new SettingsReader().Read(new StoredBytes(Encoding.UTF8.GetBytes(complete)));
            return null;
        }
        catch (SettingsException exception)
        {
            return exception.Message;
        }
    }

    private static int FindFreePort(string address)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static JsonObject OfferPods(BoardModel model)
    {
        BoardProfile profile = BoardProfiles.ForTarget(model.TargetName);
        return new JsonObject
        {
            ["max"] = MostPods,
            ["pins"] = new JsonArray([.. OfferedPins.Where(profile.IsFreePin).Select(pin => JsonValue.Create(pin))]),
            ["analog"] = new JsonArray([.. OfferedChannels.Where(channel => IsOffered(profile, profile.AnalogPin(channel))).Select(channel => JsonValue.Create(channel))]),
            ["i2c"] = new JsonArray([.. OfferedAddresses.Where(_ => profile.IsFreePin(profile.I2cDataPin(profile.FirstI2cBus))).Select(address => JsonValue.Create(address))]),
        };
    }

    // Whose pin is none that pods get as such.
    private static bool IsOffered(BoardProfile profile, int pin)
    {
        return profile.IsFreePin(pin) && !OfferedPins.Contains(pin);
    }

    private static JsonObject? TryParse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Child(JsonObject document, string field)
    {
        if (document[field] is not JsonObject child)
        {
            child = [];
            document[field] = child;
        }

        return child;
    }

    private static void Set(JsonObject target, string field, JsonNode? value)
    {
        if (value is not null)
        {
            target[field] = value;
        }
    }

    private static void RemoveEmpty(JsonObject document, params string[] fields)
    {
        foreach (string field in fields)
        {
            if (document[field] is JsonObject { Count: 0 })
            {
                document.Remove(field);
            }
        }
    }

    private static int? Seconds(TimeSpan? interval)
    {
        return interval is null ? null : (int)Math.Ceiling(interval.Value.TotalSeconds);
    }
}
