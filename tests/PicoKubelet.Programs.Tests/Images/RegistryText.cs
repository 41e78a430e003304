using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Images;

/// <summary>Replies of registries.</summary>
internal static class RegistryText
{
    public static string Challenge(string challenge)
    {
        return Replies.Of("401 Unauthorized", "Content-Type: application/json\r\nWww-Authenticate: " + challenge + "\r\n", "{}");
    }

    public static string Redirect(string location)
    {
        return Replies.Of("307 Temporary Redirect", "Location: " + location + "\r\n", "");
    }

    /// <summary>A text with another one in the place of its first occurrence.</summary>
    public static string Swap(string text, string from, string to)
    {
        int at = text.IndexOf(from);
        return text.Substring(0, at) + to + text.Substring(at + from.Length);
    }
}
