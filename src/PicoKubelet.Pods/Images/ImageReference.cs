namespace PicoKubelet.Images;

/// <summary>
/// Where an image is, as the grammar of references has it (distribution's <c>reference</c> package): registry, repository, and a tag
/// or a digest. A name without a registry is Docker Hub's, as everywhere.
/// </summary>
public sealed class ImageReference
{
    private const int MaxNameCharacters = 255;
    private const int MaxTagCharacters = 128;
    private const int DigestCharacters = 64;
    private const string DigestPrefix = "sha256:";
    private const string Hub = "docker.io";

    private ImageReference(string registry, string repository, string tag, string digest)
    {
        Registry = registry;
        Repository = repository;
        Tag = tag;
        Digest = digest;
    }

    /// <summary>Gets the registry: a host, with a port where there is one.</summary>
    public string Registry { get; }

    /// <summary>Gets the repository within it.</summary>
    public string Repository { get; }

    /// <summary>Gets the tag: <c>latest</c> where there is neither tag nor digest, null where there is a digest alone.</summary>
    public string Tag { get; }

    /// <summary>Gets the digest, <c>sha256:</c> and 64 digits, or null.</summary>
    public string Digest { get; }

    /// <summary>Gets the registry's authority in URLs, which is another one for Docker Hub.</summary>
    public string Authority => Registry == Hub ? "registry-1.docker.io" : Registry;

    /// <summary>Reads a reference.</summary>
    /// <param name="text">Such as <c>registry:5000/blink:v1</c>.</param>
    /// <returns>The reference, or null where it is none.</returns>
    public static ImageReference Parse(string text)
    {
        string digest = null;
        string tag = null;
        int at = text.IndexOf('@');
        if (at >= 0)
        {
            digest = text.Substring(at + 1);
            text = text.Substring(0, at);
            if (!IsDigest(digest))
            {
                return null;
            }
        }

        int slash = text.LastIndexOf('/');
        int colon = text.LastIndexOf(':');
        if (colon > slash)
        {
            tag = text.Substring(colon + 1);
            text = text.Substring(0, colon);
            if (!IsTag(tag))
            {
                return null;
            }
        }

        string registry = Hub;
        slash = text.IndexOf('/');
        string first = slash < 0 ? "" : text.Substring(0, slash);
        if (first == "localhost" || first.IndexOf('.') >= 0 || first.IndexOf(':') >= 0 || first != first.ToLower())
        {
            registry = first;
            text = text.Substring(slash + 1);
        }
        else if (slash < 0)
        {
            text = "library/" + text;
        }

        bool isWhole = registry.Length + 1 + text.Length <= MaxNameCharacters && IsRegistry(registry) && IsRepository(text);
        return isWhole ? new ImageReference(registry, text, tag ?? (digest == null ? "latest" : null), digest) : null;
    }

    /// <summary>Gets whether a text is a digest by SHA-256, the only ones that boards can check.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsDigest(string text)
    {
        if (text == null || text.Length != DigestPrefix.Length + DigestCharacters || !text.StartsWith(DigestPrefix))
        {
            return false;
        }

        for (int i = DigestPrefix.Length; i < text.Length; i++)
        {
            if (!IsDigit(text[i]) && (text[i] < 'a' || text[i] > 'f'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets whether a text is a registry's host, with a port or without.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsRegistry(string text)
    {
        return RegistryUrl.Parse("https://" + text + "/") != null && !text.StartsWith("-") && !text.StartsWith(".");
    }

    private static bool IsTag(string text)
    {
        if (text.Length == 0 || text.Length > MaxTagCharacters || text[0] == '.' || text[0] == '-')
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (!IsLetterOrDigit(c) && (c < 'A' || c > 'Z') && c != '_' && c != '.' && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks at the components: letters and digits, with one dot, one or two underscores, or dashes between them.</summary>
    private static bool IsRepository(string text)
    {
        int separators = 0;
        char before = '/';
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '/';
            if (IsLetterOrDigit(c))
            {
                separators = 0;
            }
            else
            {
                bool isSeparator = c == '.' || c == '_' || c == '-';
                bool follows = separators > 0 && (c != before || c == '.' || (c == '_' && separators == 2));
                if (before == '/' || follows || (!isSeparator && c != '/'))
                {
                    return false;
                }

                separators = isSeparator ? separators + 1 : 0;
            }

            before = c;
        }

        return true;
    }

    private static bool IsDigit(char c) => c >= '0' && c <= '9';

    private static bool IsLetterOrDigit(char c) => IsDigit(c) || (c >= 'a' && c <= 'z');
}
