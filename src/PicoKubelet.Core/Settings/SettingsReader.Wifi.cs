using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>The part for the Wi-Fi.</summary>
public sealed partial class SettingsReader
{
    private const string AddressField = "wifi.address";
    private const string NetmaskField = "wifi.netmask";
    private const string GatewayField = "wifi.gateway";
    private const string DnsField = "wifi.dns";
    private const string SecondSsidField = "wifi.secondSsid";

    // 255.255.255.255
    private const int MaxAddressBytes = 15;

    // A day: who wants it later, wants it never.
    private const int MaxSetupMinutes = 1440;
    private const string PasswordRule = "must be 8 to 63 characters of ASCII";

    private string _address;
    private string _netmask;
    private string _gateway;
    private string _dns;

    private void BeginWifi()
    {
        _address = null;
        _netmask = null;
        _gateway = null;
        _dns = null;
    }

    private void ReadWifi()
    {
        WifiSettings wifi = _settings.Wifi;
        BeginObject("wifi");
        while (_json.ReadName())
        {
            if (_json.NameIs("address"))
            {
                _address = ReadText(AddressField, MaxAddressBytes);
            }
            else if (_json.NameIs("netmask"))
            {
                _netmask = ReadText(NetmaskField, MaxAddressBytes);
            }
            else if (_json.NameIs("gateway"))
            {
                _gateway = ReadText(GatewayField, MaxAddressBytes);
            }
            else if (_json.NameIs("dns"))
            {
                _dns = ReadText(DnsField, MaxAddressBytes);
            }
            else if (_json.NameIs("secondSsid"))
            {
                wifi.SecondSsid = ReadText(SecondSsidField, WifiSettings.MaxSsidBytes);
                Require(wifi.SecondSsid.Length > 0, SecondSsidField, "must be a network's name of 1 to 31 bytes");
            }
            else if (_json.NameIs("secondPassword"))
            {
                wifi.SecondPassword = ReadPassword("wifi.secondPassword", true);
            }
            else if (_json.NameIs("setupMinutes"))
            {
                wifi.SetupMinutes = ReadNumber("wifi.setupMinutes", 0, MaxSetupMinutes);
            }
            else if (_json.NameIs("setupPassword"))
            {
                wifi.SetupPassword = ReadPassword("wifi.setupPassword", false);
            }
            else
            {
                NoteUnknown("wifi.");
            }
        }
    }

    private string ReadPassword(string field, bool mayBeEmpty)
    {
        // What is too long is told by the rule too, rather than by a bound of its own.
        string password = ReadText(field, MaxTextBytes);
        byte[] bytes = Utf8.Encoding.GetBytes(password);
        Require(
            (mayBeEmpty && bytes.Length == 0) || WifiSettings.IsPassword(bytes, 0, bytes.Length),
            field,
            mayBeEmpty ? PasswordRule + ", or empty for a network without a password" : PasswordRule);
        return password;
    }

    /// <summary>Checks what only holds together: after the whole document, since the fields come in any order.</summary>
    private void CheckWifi()
    {
        Require(_settings.Wifi.SecondSsid != null || _settings.Wifi.SecondPassword.Length == 0, SecondSsidField, "must be set too: the password alone is of no use");
        if (_address == null && _netmask == null && _gateway == null && _dns == null)
        {
            return;
        }

        RequireTogether(AddressField, _address);
        RequireTogether(NetmaskField, _netmask);
        RequireTogether(GatewayField, _gateway);
        RequireTogether(DnsField, _dns);
        uint address = ReadHost(AddressField, _address);
        uint gateway = ReadHost(GatewayField, _gateway);
        ReadHost(DnsField, _dns);
        bool isNumber = Ipv4Text.TryParse(_netmask, out uint mask);

        // Ones in front and zeros behind, two hosts at least.
        uint hosts = ~mask;
        Require(isNumber && (hosts & (hosts + 1)) == 0 && hosts >= 3 && mask != 0, NetmaskField, "must be a netmask such as 255.255.255.0");
        RequireHost(AddressField, address, hosts);
        RequireHost(GatewayField, gateway, hosts);
        Require((address & mask) == (gateway & mask), GatewayField, "must be in the subnet of wifi.address");
        Require(address != gateway, GatewayField, "must be another address than wifi.address");
        _settings.Wifi.Address = new StaticAddress(_address, _netmask, _gateway, _dns);
    }

    private static void RequireTogether(string field, string value)
    {
        Require(value != null, field, "must be set too: wifi.address, wifi.netmask, wifi.gateway and wifi.dns go together");
    }

    private static uint ReadHost(string field, string text)
    {
        // 224.0.0.0 and above are multicast and reserved (RFC 5771, RFC 1112), 0.0.0.0/8 is "this host" (RFC 1122).
        bool isNumber = Ipv4Text.TryParse(text, out uint number);
        Require(isNumber && number >= 0x01000000 && number < 0xe0000000, field, "must be an IPv4 address such as 192.168.1.50");
        return number;
    }

    private static void RequireHost(string field, uint address, uint hosts)
    {
        Require((address & hosts) != 0 && (address & hosts) != hosts, field, "must not be the subnet's own address or its broadcast address");
    }
}
