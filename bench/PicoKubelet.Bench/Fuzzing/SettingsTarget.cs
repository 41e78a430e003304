using PicoKubelet.Settings;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The settings: usable or refused with a reason, and a token is in no reason.</summary>
internal sealed class SettingsTarget : FuzzTarget
{
    private const int MaxReason = 400;

    private readonly Pieces _pieces = new();
    private readonly SettingsReader _reader = new();

    public override string Name => "settings";

    public override FuzzGrammar Grammar => FuzzGrammar.Json;

    public override int MaxAllocation => 8 * 1024;

    public override int MaxAllocationPerByte => 24;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        ("""{"nodeName":"pico-node-1","apiServer":"https://192.168.1.10:6443","token":"eyJhbGciOi."""u8
         + """T0PS3CRET","ca":"-----BEGIN CERTIFICATE-----\nMAcwADAAAwEA\n-----END CERTIFICATE-----\n","labels":{"room":"kitchen","example.com/a":"b"}}"""u8).ToArray(),
        ("""{"apiServer":"http://proxy.local:8080","configMap":{"namespace":"a","name":"b.c","watch":true},"kubelet":"""u8
         + """{"port":10250,"token":"T0PS3CRET","anonymousRead":false},"heartbeat":"""u8
         + """{"mode":"status","leaseSeconds":5,"statusSeconds":60},"ntpServer":"pool.ntp.org","syslog":"10.0.0.9:514","logLevel":"debug","os":"linux","arch":"arm","instanceType":"x","unknown":"""u8
         + """[{"a":1}]}"""u8).ToArray(),
        ("""{"apiServer":"https://192.168.1.10:6443","wifi":{"address":"192.168.1.50","netmask":"255.255.255.0","gateway":"192.168.1.1","dns":"192.168.1.1" """u8
         + ""","secondSsid":"phone","secondPassword":"T0PS3CRET","setupMinutes":10,"setupPassword":"T0PS3CRET"}}"""u8).ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "nodeName", "apiServer", "token", "ca", "configMap", "kubelet", "labels", "os", "arch", "instanceType", "heartbeat", "ntpServer",
            "logLevel", "namespace", "name", "watch", "port", "anonymousRead",
            "wifi", "address", "netmask", "gateway", "dns", "secondSsid", "secondPassword", "setupMinutes", "setupPassword", "255.255.255.255", "0.0.0.0",
            "mode", "leaseSeconds", "statusSeconds", "https://", "http://[::1]:1", "https://a:65536", "https://user@host", "kubernetes.io/hostname",
            "\"token\":\"T0PS3CRET\",", "\\u0000", "\\ud800", "-----BEGIN CERTIFICATE-----",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public override long Feed(byte[] input, int pieceSize)
    {
        _pieces.Reset(input, pieceSize);
        DeviceSettings? settings = null;
        string? reason = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            settings = _reader.Read(_pieces);
        }
        catch (SettingsException e)
        {
            reason = e.Message;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (settings is not null)
        {
            Accepted++;
            Require(JsonOracle.IsJson(input), "takes what is no JSON");
            Require(settings.ApiServer is not null && settings.ApiServer.Host.Length > 0 && settings.ApiServer.Port is > 0 and < 65536, "no API server");
            Require(settings.KubeletPort is > 0 and < 65536 && settings.LeaseSeconds is >= 1 and <= 20 && settings.StatusSeconds is >= 10 and <= 3600, "a number out of its range");
            Require(settings.Token is null || settings.Token.All(c => c is > ' ' and < '\x7f'), "a token that breaks a header");
        }
        else
        {
            Require(reason!.Length is > 0 and <= MaxReason, "a reason of " + reason!.Length + " characters");

            // A name of a field may be repeated, and chance may make one of a token.
            Require(!reason.Contains("T0PS3CRET", StringComparison.Ordinal) || reason.Contains("labels.", StringComparison.Ordinal), "tells a token: " + reason);
        }

        return allocated;
    }
}
