using System.Text;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Provisioning;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>A board in its provisioning mode, on fakes.</summary>
internal sealed class ProvisioningHarness
{
    public const string Host = "Host: 192.168.4.1\r\n";
    public const string Form = "Content-Type: application/x-www-form-urlencoded\r\n";

    /// <summary>What a person types at least.</summary>
    public const string Minimum = "&ssid=Home&apiServer=http%3A%2F%2F10.0.0.1%3A8001";

    /// <summary>Settings with everything that is secret, and more than the form has fields for.</summary>
    public const string Stored = "{\"apiServer\":\"https://10.0.0.1:6443\",\"token\":\"stored-token\",\"ca\":\"-----BEGIN CERTIFICATE-----\\nMAcwADAAAwEA\\n-----END CERTIFICATE-----\","
        + "\"nodeName\":\"shed\",\"kubelet\":{\"token\":\"stored-kubelet-token\",\"port\":10255},\"labels\":{\"room\":\"kitchen\"},\"heartbeat\":{\"mode\":\"status\",\"leaseSeconds\":5},"
        + "\"configMap\":{\"namespace\":\"boards\",\"name\":\"shed-map\",\"watch\":true},\"ntpServer\":\"ntp.local\",\"syslog\":\"logs.local:5140\",\"logLevel\":\"debug\",\"os\":\"rtos\"}";

    private readonly Logger _logger;
    private readonly BootRecord _boot;

    public ProvisioningHarness(string stored = null)
    {
        _logger = new Logger(Log, new TimeKeeper(Clock));
        Storage = new AtomicStorage(Files);
        if (stored != null)
        {
            byte[] document = Encoding.UTF8.GetBytes(stored);
            Storage.Replace(SettingsStore.FileName, document, 0, document.Length);
        }

        _boot = new BootRecord(Storage, _logger);
        Start();
    }

    public ManualClock Clock { get; } = new ManualClock();

    public FakeBoard Board { get; } = new FakeBoard { TargetName = "ESP32_S3_QUAD" };

    public FakeFiles Files { get; } = new FakeFiles();

    public AtomicStorage Storage { get; }

    public RecordingLog Log { get; } = new RecordingLog();

    public FakePins Pins { get; } = new FakePins();

    public FakeAccessPoint AccessPoint { get; } = new FakeAccessPoint();

    public FakeNetwork Network { get; } = new FakeNetwork();

    public FakeWifiSetup Wifi { get; } = new FakeWifiSetup();

    public ProvisioningMode Mode { get; private set; }

    /// <summary>A board that serves its page.</summary>
    public static ProvisioningHarness Serving(string stored = null)
    {
        ProvisioningHarness board = new ProvisioningHarness(stored);
        if (stored != null)
        {
            board.Wifi.Ssid = "Home";
            board.Wifi.Password = "stored-wifi-password";
        }

        board.Mode.Step();
        return board;
    }

    /// <summary>A board that serves its page since its own network was away for long, and is away still.</summary>
    public static ProvisioningHarness Away(string settings)
    {
        ProvisioningHarness board = new ProvisioningHarness("{\"apiServer\":\"https://10.0.0.1:6443\"" + settings + "}");
        board.Network.Address = null;
        board.AccessPoint.NeedsRestart = true;
        board.AccessPoint.IsOpen = true;
        board.AccessPoint.Password = "as-it-was-opened";
        board.Mode.Continue(ProvisioningMode.AwayReason, 2);
        board.Mode.Step();
        return board;
    }

    /// <summary>Lets time pass in which the mode does what is due, each second.</summary>
    /// <returns>Whether the mode goes on.</returns>
    public bool Run(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            Clock.Advance(1000);
            if (!Mode.Step())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many reboots in a row the record has, as the next start reads it.</summary>
    public int RebootsInARow()
    {
        return _boot.RebootsInARow;
    }

    /// <summary>Starts the mode anew, as a reboot does.</summary>
    public void Start()
    {
        SettingsStore store = new SettingsStore(Storage, _logger);
        Platform platform = new Platform
        {
            Board = Board,
            Network = Network,
            Storage = Storage,
            Clock = Clock,
            Log = Log,
            Pins = Pins,
            AccessPoint = AccessPoint,
            WifiSetup = Wifi,
        };
        Mode = new ProvisioningMode(platform, store, store.Load(), new Rebooter(Board, Clock, _boot, _logger), _logger);
    }

    /// <summary>What is stored now.</summary>
    public DeviceSettings Load()
    {
        return new SettingsStore(Storage, _logger).Load();
    }

    /// <summary>Serves a request.</summary>
    public string Serve(string request, int pieceSize = int.MaxValue)
    {
        FakeClient client = new FakeClient(request, Clock, 0, pieceSize);
        Mode.CreateHandler().Serve(client);
        return client.Received;
    }

    public string Get(string target, string host = Host)
    {
        return Serve("GET " + target + " HTTP/1.1\r\n" + host + "\r\n");
    }

    /// <summary>Sends the form as the page's own browser does.</summary>
    /// <param name="fields">The fields, each with an ampersand in front.</param>
    /// <param name="headers">Headers besides host and type.</param>
    /// <param name="pieceSize">How many bytes come at a time.</param>
    public string Post(string fields, string headers = "", int pieceSize = int.MaxValue)
    {
        return PostBody("csrf=" + FormToken() + fields, Host + Form + headers, pieceSize);
    }

    public string PostBody(string body, string headers = Host + Form, int pieceSize = int.MaxValue)
    {
        return Serve("POST / HTTP/1.1\r\n" + headers + "Content-Length: " + Encoding.UTF8.GetBytes(body).Length.ToString() + "\r\n\r\n" + body, pieceSize);
    }

    /// <summary>The token that the page has for its form.</summary>
    public string FormToken()
    {
        string page = HttpAnswer.BodyOf(Get("/"));
        int at = page.IndexOf("name=csrf value=") + 16;
        return page.Substring(at, page.IndexOf(">", at) - at);
    }
}
