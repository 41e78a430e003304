using PicoKubelet.Text;

namespace PicoKubelet.Settings;

// Values of one kind, whichever field they belong to.
public sealed partial class SettingsReader
{
    private string ReadToken(string field)
    {
        string token = ReadText(field, MaxTokenBytes);
        foreach (byte b in Utf8.Encoding.GetBytes(token))
        {
            // It goes into a header: anything else could end it and begin another.
            Require(b > ' ' && b < 0x7f, field, "must be printable ASCII without spaces");
        }

        Require(token.Length > 0, field, "must not be empty");
        return token;
    }

    private void ReadSyslog()
    {
        string text = ReadText("syslog", MaxTextBytes);
        bool hasPort = text.IndexOf(':') >= 0;
        ApiEndpoint endpoint = ApiEndpoint.Parse("http://" + text);
        Require(endpoint != null && !text.EndsWith("/"), "syslog", "must be a host's name or IPv4 address, and a UDP port if it is not 514, such as 192.168.1.10:514");
        _settings.SyslogHost = endpoint.Host;
        _settings.SyslogPort = hasPort ? endpoint.Port : _settings.SyslogPort;
    }

    private string ReadLabelValue(string field)
    {
        string value = ReadText(field, 63);
        Require(KubernetesNames.IsLabelValue(value), field, "must be a label's value: at most 63 of A-Z, a-z, 0-9, -, _ and .");
        return value;
    }

    private string ReadText(string field, int maxBytes)
    {
        string text = _json.ReadString(maxBytes);
        Require(text != null, field, "must be a string");
        Require(!_json.IsTruncated, field, "must be at most " + maxBytes.ToString() + " bytes");
        return text;
    }

    private int ReadNumber(string field, int from, int to)
    {
        bool isNumber = _json.TryReadInt64(out long number);
        Require(isNumber && number >= from && number <= to, field, "must be a whole number from " + from.ToString() + " to " + to.ToString());
        return (int)number;
    }

    private void BeginObject(string field)
    {
        Require(_json.BeginObjectOrSkip(), field, "must be an object");
    }

    private void NoteUnknown(string prefix)
    {
        _unknownField = _unknownField ?? prefix + _json.GetString();
    }

    private static void Require(bool condition, string field, string rule)
    {
        if (!condition)
        {
            throw new SettingsException(field, rule);
        }
    }
}
