using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;

namespace PicoKubelet.Provisioning;

// Opens the board's own network, with what serves it, and closes it.
public sealed partial class ProvisioningMode
{
    // A browser opens connections that it may need later: one of them must not hold up the form.
    private const int Workers = 2;
    private const int Backlog = 4;
    private const int DhcpPort = 67;
    private const int DnsPort = 53;

    private bool Open(long now)
    {
        if (!_accessPoint.IsOpen && !_network.Open(IsOpenNetwork))
        {
            _rebooter.Reboot(OpenReason);
            return false;
        }

        _log.InfoAtTheBoard("access point is open", "ssid", _network.Ssid, "password", _network.TellPassword());
        if (_accessPoint.Password.Length == 0)
        {
            _log.Warn("access point has no password: what is typed can be read nearby");
        }

        try
        {
            _platform.WifiSetup.Scan(Networks);
        }
        catch (Exception e)
        {
            // A name can be typed.
            _log.Warn("no Wi-Fi scan", "error", e.Message);
        }

        IDatagramSocket socket = _accessPoint.OpenDatagrams(DhcpPort);
        if (socket != null)
        {
            _dhcp = new DhcpServer(socket, _accessPoint.Address);
            _dns = new DnsServer(_accessPoint.OpenDatagrams(DnsPort), _accessPoint.Address);
        }

        _lastRequest = _platform.Clock.Milliseconds;
        _search = _isAway ? new NetworkSearch(_platform.Network, _platform.Clock, Form.Stored.Wifi) : null;
        Address = _accessPoint.Address;
        _isServing = true;
        return true;
    }

    private int Pause
    {
        get
        {
            int doublings = _closings - 1 < MaxDoublings ? _closings - 1 : MaxDoublings;
            return PauseMilliseconds << (doublings > 0 ? doublings : 0);
        }
    }

    private bool Leave()
    {
        EndServing();
        _accessPoint.Close();
        _rebooter.Reboot(SavedReason, 0);
        return false;
    }

    /// <summary>Looks whether the network is back that the page was opened for the lack of, but not while somebody fills in the page.</summary>
    private bool IsNetworkBack(long now)
    {
        bool isAlone = !_isVisited || now - _lastRequest >= VisitMilliseconds;
        return _search != null && (isAlone || _search.IsUnderWay) && _search.Look();
    }

    /// <returns>Whether the mode goes on: not at all.</returns>
    private bool GoBack()
    {
        EndServing();
        _closings = 0;
        _log.Info("access point closes: the network is back");
        if (!_accessPoint.Close())
        {
            _rebooter.Reboot(BackReason, 0);
        }

        return false;
    }

    private bool Close(long now)
    {
        EndServing();
        _closings++;
        _log.Info("access point closes: nobody asked for the page");
        if (!_accessPoint.Close())
        {
            _rebooter.Reboot(ClosedReason, _closings);
            return false;
        }

        _pausedUntil = now + Pause;
        return !_isUsable;
    }

    private void StartServing()
    {
        Listener listener = new Listener("provisioning", this, _accessPoint.Port, Backlog, _platform.Sockets, _platform.Clock, _log);
        _server = new HttpServer(listener, Workers, this, new ServerStatistics(0), _platform.Clock);
        _server.Start();
    }

    /// <summary>Takes away what serves; the listener closes by itself once there is no address.</summary>
    private void EndServing()
    {
        _isServing = false;
        _search = null;
        Address = null;
        SwitchLed(false);
        if (_dhcp != null)
        {
            _dhcp.Close();
            _dns.Close();
            _dhcp = null;
        }
    }
}
