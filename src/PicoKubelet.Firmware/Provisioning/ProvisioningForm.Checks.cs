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
            _ => ApiServer,
        };
    }

    private void CheckWifi()
    {
        int ssid = Fields.Length(Ssid) > 0 ? Ssid : Network;
        if (Fields.Length(ssid) < 1 || Fields.Length(ssid) > MaxSsidBytes)
        {
            Fail(Ssid, "must be a network's name of 1 to 31 bytes");
        }

        int length = Fields.Length(Password);
        bool isPassword = length == 0 || (length >= MinPasswordBytes && length <= MaxPasswordBytes);
        for (int i = 0; i < length; i++)
        {
            byte b = Fields.Buffer[Fields.Start(Password) + i];
            isPassword = isPassword && b >= ' ' && b < 0x7f;
        }

        if (!isPassword)
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
            && (_typed.ApiServer.IsSecure || TypedSsid == _wifi.Ssid);
        if (!isSame)
        {
            Fail(Token, TypeAgain);
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
