namespace PicoKubelet.Settings;

/// <summary>Where the API server is.</summary>
public sealed class ApiEndpoint
{
    private ApiEndpoint(string host, int port, bool isSecure)
    {
        Host = host;
        Port = port;
        IsSecure = isSecure;
    }

    /// <summary>Gets the host's name or IPv4 address.</summary>
    public string Host { get; }

    /// <summary>Gets the TCP port.</summary>
    public int Port { get; }

    /// <summary>Gets whether it speaks HTTPS.</summary>
    public bool IsSecure { get; }

    /// <summary>Reads a URL of scheme, host and port alone: <c>https://192.168.1.10:6443</c>.</summary>
    /// <param name="url">The URL. Without a port it is the scheme's, 443 or 80.</param>
    /// <returns>The endpoint, or null where the text is no such URL.</returns>
    public static ApiEndpoint Parse(string url)
    {
        bool isSecure = url.StartsWith("https://");
        if (!isSecure && !url.StartsWith("http://"))
        {
            return null;
        }

        string authority = url.Substring(isSecure ? 8 : 7);
        if (authority.EndsWith("/"))
        {
            authority = authority.Substring(0, authority.Length - 1);
        }

        int port = isSecure ? 443 : 80;
        int colon = authority.IndexOf(':');
        if (colon >= 0)
        {
            port = ParsePort(authority.Substring(colon + 1));
            authority = authority.Substring(0, colon);
        }

        return port > 0 && IsHost(authority) ? new ApiEndpoint(authority, port, isSecure) : null;
    }

    /// <summary>Gets the URL.</summary>
    /// <returns>The URL of scheme, host and port, as <see cref="Parse"/> reads it.</returns>
    public override string ToString()
    {
        return (IsSecure ? "https://" : "http://") + Host + ":" + Port.ToString();
    }

    private static int ParsePort(string text)
    {
        int port = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < '0' || text[i] > '9' || port > 65535)
            {
                return 0;
            }

            port = (port * 10) + (text[i] - '0');
        }

        return port <= 65535 ? port : 0;
    }

    private static bool IsHost(string text)
    {
        // RFC 1123: 253 characters at most.
        if (text.Length == 0 || text.Length > 253)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isAllowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!isAllowed)
            {
                return false;
            }
        }

        return true;
    }
}
