using PicoKubelet.Hardware;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Provisioning;

// What is wrong with what was typed.
internal sealed partial class ProvisioningForm
{
    /// <summary>Reads the settings that were typed, but those of which it is known that they are wrong.</summary>
    /// <returns>False where one more was found to be wrong.</returns>
    private bool TryRead()
    {
        WriteTyped();
        try
        {
            Utf8Writer document = _json.Output;
            _typed = _reader.Read(new BufferSource(document.Buffer, document.Start, document.Length));
            return true;
        }
        catch (SettingsException e)
        {
            int field = FieldOf(e.Field);
            if (_errors[field] != null)
            {
                // Left out and wrong all the same: it is none of the fields, but all together that are too long.
                _typed = new DeviceSettings();
                return true;
            }

            Fail(field, e.Message.Substring(e.Field == null ? 0 : e.Field.Length + 2));
            return false;
        }
    }

    private void WriteTyped()
    {
        _json.Reset();
        _json.BeginObject();
        if (_errors[ApiServer] != null)
        {
            // It is required; the others are looked at all the same.
            _json.Property("apiServer", "https://a");
        }

        WriteTyped(ApiServer, "apiServer");
        WriteTyped(Token, "token");
        WriteTyped(Ca, "ca");
        WriteTyped(NodeName, "nodeName");
        _json.BeginObject("kubelet");
        WriteTyped(KubeletToken, "token");
        _json.EndObject();
        WriteTypedWifi();
        _json.EndObject();
    }

    private void WriteTypedWifi()
    {
        _json.BeginObject("wifi");
        WriteTyped(SecondSsid, "secondSsid");
        if (_errors[SecondSsid] == null)
        {
            WriteTyped(SecondPassword, "secondPassword");
        }

        // What goes together is left out together, once it is known to be wrong.
        if (_errors[Address] == null && _errors[Netmask] == null && _errors[Gateway] == null && _errors[Dns] == null)
        {
            WriteTyped(Address, "address");
            WriteTyped(Netmask, "netmask");
            WriteTyped(Gateway, "gateway");
            WriteTyped(Dns, "dns");
        }

        _json.EndObject();
    }

    private void WriteTyped(int field, string name)
    {
        if (Fields.Length(field) > 0 && _errors[field] == null)
        {
            _json.Name(name);
            _json.BeginString();
            _json.Output.Write(Fields.Buffer, Fields.Start(field), Fields.Length(field));
            _json.EscapeAndEndString();
        }
    }

    private static int FieldOf(string name)
    {
        return name switch
        {
            "token" => Token,
            "ca" => Ca,
            "nodeName" => NodeName,
            "kubelet.token" => KubeletToken,
            "wifi.secondSsid" => SecondSsid,
            "wifi.secondPassword" => SecondPassword,
            "wifi.address" => Address,
            "wifi.netmask" => Netmask,
            "wifi.gateway" => Gateway,
            "wifi.dns" => Dns,
            _ => ApiServer,
        };
    }

    private void CheckWifi()
    {
        int ssid = Fields.Length(Ssid) > 0 ? Ssid : Network;
        if (Fields.Length(ssid) < 1 || Fields.Length(ssid) > WifiSettings.MaxSsidBytes)
        {
            Fail(Ssid, "must be a network's name of 1 to 31 bytes");
        }

        int length = Fields.Length(Password);
        if (length > 0 && !WifiSettings.IsPassword(Fields.Buffer, Fields.Start(Password), length))
        {
            Fail(Password, "must be 8 to 63 characters of ASCII, or empty for a network without a password");
        }
    }

    /// <summary>
    /// Looks at the token that is stored: whoever is in the board's network could have it sent to a server of theirs, by another
    /// URL, by a CA of theirs, or over plain HTTP in a Wi-Fi network of theirs.
    /// </summary>
    private void CheckKept()
    {
        if (_typed.ApiServer == null)
        {
            // It was not read for being too long, which is told already.
            return;
        }

        if (Stored.ClientIdentity != null && _typed.Token == null && (!_typed.ApiServer.IsSecure || (_typed.NodeName != null && _typed.NodeName != Stored.NodeName)))
        {
            Fail(Token, "must be given: the certificate that is stored is for https:// and for its own node alone");
            return;
        }

        if (_errors[ApiServer] != null || _errors[Token] != null || _typed.Token != null || Stored.Token == null)
        {
            return;
        }

        bool isSame = Stored.ApiServer.Host == _typed.ApiServer.Host && Stored.ApiServer.Port == _typed.ApiServer.Port && Stored.ApiServer.IsSecure == _typed.ApiServer.IsSecure
            && (_typed.Ca == null || _typed.Ca == Stored.Ca)
            && (_typed.ApiServer.IsSecure || IsSameWifi);
        if (!isSame)
        {
            Fail(Token, TypeAgain);
        }
    }

    /// <summary>Gets whether the board would be in no network, and use no router and no names, that somebody else could have brought.</summary>
    private bool IsSameWifi
    {
        get
        {
            return TypedSsid == _wifi.Ssid
                && (_typed.Wifi.SecondSsid == null || _typed.Wifi.SecondSsid == Stored.Wifi.SecondSsid)
                && (_typed.Wifi.Address == null || StaticAddress.AreSame(_typed.Wifi.Address, Stored.Wifi.Address));
        }
    }

    /// <returns>Whether the password that is stored is the one for the network that was typed.</returns>
    private bool KeepsPassword()
    {
        return Fields.Length(Password) == 0 && TypedSsid == _wifi.Ssid;
    }

    private void Fail(int field, string rule)
    {
        if (_errors[field] == null)
        {
            _errors[field] = rule;
            ErrorCount++;
        }
    }
}
