using PicoKubelet.Hardware;
using PicoKubelet.Settings;

namespace PicoKubelet.Provisioning;

// The part for the Wi-Fi.
internal sealed partial class ProvisioningPage
{
    private void WriteWifi(bool showsTyped)
    {
        Write("<fieldset><legend>Wi-Fi</legend><label for=net>Network</label><select id=net name=net><option value=\"\">type its name below</option>");
        bool isListed = WriteNetworks(showsTyped);
        Write("</select>");
        BeginInput(ProvisioningForm.Ssid, "ssid", "or its name", "text");
        if (showsTyped)
        {
            WriteEscaped(ProvisioningForm.Ssid);
        }
        else if (!isListed)
        {
            WriteEscaped(_form.StoredSsid);
        }

        EndInput(ProvisioningForm.Ssid, "ssid", null);
        BeginInput(ProvisioningForm.Password, "pass", "Password", "password");
        EndInput(ProvisioningForm.Password, "pass", _form.HasStoredPassword ? "stored; leave empty to keep it for the same network" : "empty for a network without one");
        WriteMoreWifi(showsTyped);
        Write("</fieldset>");
    }

    /// <summary>Writes what few need, folded up where there is nothing in it.</summary>
    private void WriteMoreWifi(bool showsTyped)
    {
        WifiSettings stored = _form.Stored.Wifi;
        StaticAddress address = stored.Address;
        bool isOpen = stored.SecondSsid != null || address != null;
        for (int field = ProvisioningForm.SecondSsid; field <= ProvisioningForm.Dns; field++)
        {
            isOpen |= showsTyped && _form.Fields.Length(field) > 0;
        }

        Write(isOpen ? "<details open>" : "<details>");
        Write("<summary>Second network, fixed address</summary>");
        WriteText(ProvisioningForm.SecondSsid, "wifi.secondSsid", "Second network", showsTyped, stored.SecondSsid, "its name: for when the first can not be joined; empty for none");
        BeginInput(ProvisioningForm.SecondPassword, "wifi.secondPassword", "Its password", "password");
        EndInput(ProvisioningForm.SecondPassword, "wifi.secondPassword", stored.SecondPassword.Length > 0 ? "stored; leave empty to keep it for the same network" : "empty for a network without one");
        WriteText(ProvisioningForm.Address, "wifi.address", "Address", showsTyped, address?.Address, "in the first network, such as 192.168.1.50; all four empty for DHCP");
        WriteText(ProvisioningForm.Netmask, "wifi.netmask", "Netmask", showsTyped, address?.Netmask, "such as 255.255.255.0");
        WriteText(ProvisioningForm.Gateway, "wifi.gateway", "Gateway", showsTyped, address?.Gateway, "the router's address");
        WriteText(ProvisioningForm.Dns, "wifi.dns", "DNS server", showsTyped, address?.Dns, "often the router's address too");
        Write("</details>");
    }

    private void WriteText(int field, string name, string label, bool showsTyped, string stored, string hint)
    {
        BeginInput(field, name, label, "text");
        if (showsTyped)
        {
            WriteEscaped(field);
        }
        else
        {
            WriteEscaped(stored);
        }

        EndInput(field, name, hint);
    }

    /// <returns>Whether the network that is stored, or was chosen, is among them.</returns>
    private bool WriteNetworks(bool showsTyped)
    {
        string chosen = showsTyped ? _form.Fields.Text(ProvisioningForm.Network) : _form.StoredSsid;
        bool isListed = false;
        for (int i = 0; i < _networks.Count; i++)
        {
            bool isChosen = _networks.Name(i) == chosen;
            isListed |= isChosen;
            Write("<option value=\"");
            WriteEscaped(_networks.Name(i));
            Write(isChosen ? "\" selected>" : "\">");
            WriteEscaped(_networks.Name(i));
            Write(" (");
            _text.Write(_networks.Signal(i));
            Write(" dBm)</option>");
        }

        return isListed;
    }
}
