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

    // Letters and digits that nobody takes for one another: 5 bits each, 60 together.
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 12;

    private bool Open(long now)
    {
        if (!_accessPoint.IsOpen && !_accessPoint.Open(_ssid, IsOpenNetwork ? string.Empty : NewPassword()))
        {
            _rebooter.Reboot(OpenReason);
            return false;
        }

        string password = _accessPoint.Password;
        _log.Info("access point is open", "ssid", _ssid, "password", password.Length == 0 ? "none" : password);
        if (password.Length == 0)
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
        Address = null;
        SwitchLed(false);
        if (_dhcp != null)
        {
            _dhcp.Close();
            _dns.Close();
            _dhcp = null;
        }
    }

    private string NewPassword()
    {
        byte[] random = new byte[PasswordLength];
        _random.NextBytes(random);
        string password = string.Empty;
        for (int i = 0; i < PasswordLength; i++)
        {
            password += i > 0 && i % 4 == 0 ? "-" : string.Empty;
            password += PasswordLetters[random[i] % PasswordLetters.Length];
        }

        return password;
    }
}
