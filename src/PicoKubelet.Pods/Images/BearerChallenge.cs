using PicoKubelet.Text;

namespace PicoKubelet.Images;

/// <summary>What a registry's 401 asks for: a token of some other server (RFC 6750 section 3, as distribution uses it).</summary>
internal sealed class BearerChallenge
{
    private const string Scheme = "bearer ";

    private string _realm;
    private string _service;
    private string _scope;

    /// <summary>Reads the value of a WWW-Authenticate header.</summary>
    /// <returns>The challenge, or null where it asks for something else.</returns>
    public static BearerChallenge Parse(string text)
    {
        if (text.Length <= Scheme.Length || text.Substring(0, Scheme.Length).ToLower() != Scheme)
        {
            return null;
        }

        BearerChallenge challenge = new BearerChallenge();
        int at = Scheme.Length;
        while (at < text.Length)
        {
            int equals = text.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            string name = text.Substring(at, equals - at).Trim(' ', ',').ToLower();
            at = challenge.Take(name, text, equals + 1);
        }

        return challenge._realm == null ? null : challenge;
    }

    /// <summary>Makes the URL where a token is to be had.</summary>
    /// <returns>The URL, or null where it is none.</returns>
    public RegistryUrl MakeUrl()
    {
        string query = "";
        if (_service != null)
        {
            query = "service=" + QueryText.Escape(_service);
        }

        if (_scope != null)
        {
            query += (query.Length == 0 ? "" : "&") + "scope=" + QueryText.Escape(_scope);
        }

        string separator = query.Length == 0 ? "" : _realm.IndexOf('?') < 0 ? "?" : "&";
        return RegistryUrl.Parse(_realm + separator + query);
    }

    /// <returns>Where the next one begins.</returns>
    private int Take(string name, string text, int at)
    {
        bool isQuoted = at < text.Length && text[at] == '"';
        at = isQuoted ? at + 1 : at;
        int end = text.IndexOf(isQuoted ? '"' : ',', at);
        end = end < 0 ? text.Length : end;
        string value = text.Substring(at, end - at);
        if (name == "realm")
        {
            _realm = value;
        }
        else if (name == "service")
        {
            _service = value;
        }
        else if (name == "scope")
        {
            _scope = value;
        }

        return end + 1;
    }
}
