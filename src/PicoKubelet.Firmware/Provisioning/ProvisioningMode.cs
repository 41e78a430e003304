using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Logging;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

/// <summary>
/// What a board does that has no settings, or whose button was held: it opens a Wi-Fi network of its own and serves one page, on
/// which a person types what the board has to know. Nothing else of the firmware runs meanwhile.
/// </summary>
public sealed partial class ProvisioningMode : IHandlerFactory, IPortOwner, ILoopBody
{
    /// <summary>How long the network stays open without a request for the page, milliseconds.</summary>
    public const int IdleMilliseconds = 10 * 60 * 1000;

    /// <summary>How long a board without settings waits before it opens the network again, milliseconds; twice as long each time that nobody came.</summary>
    public const int PauseMilliseconds = 5 * 60 * 1000;

    /// <summary>How often that time doubles: up to 160 minutes. On an ESP32 each opening costs two reboots: 17 a day then.</summary>
    public const int MaxDoublings = 5;

    /// <summary>The reason of the reboot that closes the network: the board begins with a pause after it.</summary>
    public const string ClosedReason = "access point closed";

    /// <summary>The reason of the reboot that opens the network.</summary>
    public const string OpenReason = "access point opens";

    /// <summary>How long a network that was opened because the board's own one was away stays open without a request for the page, milliseconds.</summary>
    public const int AwayMilliseconds = 5 * 60 * 1000;

    /// <summary>The reason of the reboot that opens the network because the board's own one is away.</summary>
    public const string AwayReason = "network is away";

    /// <summary>The reason of the reboot that closes the network because the board's own one is back.</summary>
    public const string BackReason = "network is back";

    private const string SavedReason = "provisioned";

    // Time to type a form, for which the radio keeps still.
    private const int VisitMilliseconds = 2 * 60 * 1000;

    // For the answer to arrive.
    private const int LeaveMilliseconds = 1500;
    private const int LedMilliseconds = 1000;
    private const int FormTokenBytes = 16;

    private readonly Platform _platform;
    private readonly IAccessPoint _accessPoint;
    private readonly Rebooter _rebooter;
    private readonly Logger _log;
    private readonly SetupNetwork _network;
    private readonly byte[] _formToken = new byte[FormTokenBytes];
    private readonly bool _isUsable;
    private readonly Random _random = new Random();
    private HttpServer _server;
    private DhcpServer _dhcp;
    private DnsServer _dns;
    private NetworkSearch _search;
    private string _host;
    private long _pausedUntil;
    private long _lastRequest;
    private long _savedAt;
    private bool _isAway;
    private bool _isVisited;
    private bool _isServing;
    private bool _isSaved;
    private bool _isLedOn;
    private int _closings;

    /// <summary>Initializes the mode; nothing is opened yet.</summary>
    /// <param name="platform">What the firmware runs on, with an access point.</param>
    /// <param name="store">Where the settings go.</param>
    /// <param name="stored">The settings that are stored, or null where there are none that can be used.</param>
    /// <param name="rebooter">Restarts the board.</param>
    /// <param name="log">The log.</param>
    public ProvisioningMode(Platform platform, SettingsStore store, DeviceSettings stored, Rebooter rebooter, Logger log)
    {
        _platform = platform;
        _accessPoint = platform.AccessPoint;
        _rebooter = rebooter;
        _log = log;
        _isUsable = stored != null;

        _network = new SetupNetwork(platform, stored == null ? null : stored.Wifi.SetupPassword, _random);
        DefaultName = "pico-" + _network.Suffix;
        Title = _network.Ssid + ", " + platform.Board.TargetName + ", " + FirmwareVersion.Number;
        _random.NextBytes(_formToken);
        FormToken = Hex.ToText(_formToken);
        Form = new ProvisioningForm(store, platform.WifiSetup, stored);
    }

    /// <summary>
    /// Gets or sets whether the network has no password: where a person asked for it by the button, who may have a phone alone,
    /// on which a log can not be read.
    /// </summary>
    public bool IsOpenNetwork { get; set; }

    /// <summary>Gets the board's address in its own network, or null while that is closed.</summary>
    public string Address { get; private set; }

    /// <inheritdoc/>
    public string PortFailure { get; set; }

    /// <summary>Gets the host that the page has to be asked for, with its port where that is not 80.</summary>
    internal string Host
    {
        get
        {
            if (_host == null)
            {
                int port = _accessPoint.Port;
                _host = port == 80 ? _accessPoint.Address : _accessPoint.Address + ":" + port.ToString();
            }

            return _host;
        }
    }

    /// <summary>Gets the Node's name where none is typed.</summary>
    internal string DefaultName { get; }

    /// <summary>Gets which board it is, for people.</summary>
    internal string Title { get; }

    /// <summary>Gets what a form has to bring back, as hexadecimal digits.</summary>
    internal string FormToken { get; }

    /// <summary>Gets the form.</summary>
    internal ProvisioningForm Form { get; }

    /// <summary>Gets the Wi-Fi networks nearby, as of the start.</summary>
    internal WifiList Networks { get; } = new WifiList();

    /// <summary>Goes on where the boot before this one left off: some boards open and close the network by a reboot only.</summary>
    /// <param name="reason">The reason of that reboot.</param>
    /// <param name="closings">How often in a row the network was closed since nobody came.</param>
    public void Continue(string reason, int closings)
    {
        bool isClosed = reason == ClosedReason;
        _isAway = reason == AwayReason && _isUsable;
        _closings = isClosed || _isAway || reason == OpenReason ? closings : 0;
        _pausedUntil = isClosed ? _platform.Clock.Milliseconds + Pause : 0;
    }

    /// <summary>Does what is due. For a test, which moves the clock; <see cref="Run"/> has a thread do it again and again.</summary>
    /// <returns>Whether the mode goes on.</returns>
    public bool Step()
    {
        long now = _platform.Clock.Milliseconds;
        if (!_isServing)
        {
            return now < _pausedUntil || Open(now);
        }

        if (_dhcp != null)
        {
            _dhcp.Serve();
            _dns.Serve();
        }

        SwitchLed(((now / LedMilliseconds) & 1) == 0);
        if (_isSaved)
        {
            return now - _savedAt < LeaveMilliseconds || Leave();
        }

        if (IsNetworkBack(now))
        {
            return GoBack();
        }

        return now - _lastRequest < (_isAway ? AwayMilliseconds : IdleMilliseconds) || Close(now);
    }

    /// <summary>Makes what serves a connection to the page. For tests and measurements, which bring their own connections.</summary>
    /// <returns>The handler, with buffers of its own.</returns>
    public IRequestHandler CreateHandler()
    {
        return new ProvisioningHandler(this, _platform, _log);
    }

    /// <summary>Notes that somebody asked for the page.</summary>
    internal void NoteRequest()
    {
        _isVisited = true;
        _lastRequest = _platform.Clock.Milliseconds;
    }

    /// <summary>Compares what a form brings back with what it was given; takes as long for a wrong one.</summary>
    internal bool IsFormToken(FormReader fields)
    {
        int length = fields.Length(ProvisioningForm.FormToken);
        int difference = length ^ FormToken.Length;
        for (int i = 0; i < length; i++)
        {
            difference |= fields.Buffer[fields.Start(ProvisioningForm.FormToken) + i] ^ FormToken[i % FormToken.Length];
        }

        return difference == 0;
    }

    /// <summary>Stores what the form holds, and has the board reboot into it.</summary>
    /// <returns>Whether it is stored.</returns>
    internal bool Save()
    {
        bool isStored = Form.Save();
        if (isStored)
        {
            _log.Info("settings stored, the board restarts");
            _savedAt = _platform.Clock.Milliseconds;
            _isSaved = true;
        }

        return isStored;
    }

    private void SwitchLed(bool isOn)
    {
        if (_platform.Pins != null && _platform.Pins.HasLed && isOn != _isLedOn)
        {
            try
            {
                _platform.Pins.WriteLed(isOn);
                _isLedOn = isOn;
            }
            catch (Exception)
            {
                // The page does not need it, and the next step tries again.
            }
        }
    }
}
