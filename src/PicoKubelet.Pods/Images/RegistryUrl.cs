using PicoKubelet.Settings;

namespace PicoKubelet.Images;

/// <summary>A URL that a registry names, or is asked at.</summary>
internal sealed class RegistryUrl
{
    // Signed URLs of object stores have some hundred characters.
    private const int MaxCharacters = 1900;

    private RegistryUrl(ApiEndpoint server, string path)
    {
        Server = server;
        Path = path;
    }

    /// <summary>Gets scheme, host and port.</summary>
    public ApiEndpoint Server { get; }

    /// <summary>Gets path and query.</summary>
    public string Path { get; }

    /// <summary>Reads a URL.</summary>
    /// <returns>The URL, or null where it is none, or none that a board can ask at.</returns>
    public static RegistryUrl Parse(string text)
    {
        int slash = text.Length > MaxCharacters ? -1 : text.IndexOf("://");
        if (slash < 0)
        {
            return null;
        }

        int path = slash + 3;
        while (path < text.Length && text[path] != '/' && text[path] != '?')
        {
            path++;
        }

        ApiEndpoint server = ApiEndpoint.Parse(text.Substring(0, path));
        string rest = text.Substring(path);
        return server != null && IsPath(rest) ? new RegistryUrl(server, rest.StartsWith("/") ? rest : "/" + rest) : null;
    }

    /// <summary>Reads where a reply redirects to.</summary>
    /// <param name="location">A URL, or a path on the same server.</param>
    /// <returns>The URL, or null.</returns>
    public RegistryUrl Resolve(string location)
    {
        if (!location.StartsWith("/"))
        {
            return Parse(location);
        }

        bool isPath = location.Length <= MaxCharacters && !location.StartsWith("//") && IsPath(location);
        return isPath ? new RegistryUrl(Server, location) : null;
    }

    /// <summary>Gets whether another URL is of the same server, by the same scheme.</summary>
    public bool IsSameServer(RegistryUrl other)
    {
        return Server.Host == other.Server.Host && Server.Port == other.Server.Port && Server.IsSecure == other.Server.IsSecure;
    }

    // What goes into a request line as it is: anything else could end it and begin another.
    private static bool IsPath(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] <= ' ' || text[i] >= 0x7f)
            {
                return false;
            }
        }

        return text.IndexOf('#') < 0;
    }
}
