namespace PicoKubelet.Settings;

/// <summary>The syntax of names, labels and label values: apimachinery's validation rules.</summary>
public static class KubernetesNames
{
    private const int MaxLabel = 63;
    private const int MaxSubdomain = 253;

    /// <summary>Checks a DNS label (RFC 1123), a namespace's name for instance: at most 63 of <c>a-z 0-9 -</c>, not at its ends.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsDnsLabel(string text)
    {
        return text.Length <= MaxLabel && IsDnsLabel(text, 0, text.Length);
    }

    /// <summary>Checks a DNS subdomain (RFC 1123), a Node's name for instance: DNS labels and dots, at most 253 characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsDnsSubdomain(string text)
    {
        if (text.Length > MaxSubdomain)
        {
            return false;
        }

        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != '.')
            {
                continue;
            }

            if (!IsDnsLabel(text, start, i - start))
            {
                return false;
            }

            start = i + 1;
        }

        return true;
    }

    /// <summary>Checks a label's value: empty, or at most 63 of <c>A-Z a-z 0-9 - _ .</c> that begin and end with a letter or digit.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsLabelValue(string text)
    {
        return text.Length == 0 || IsQualified(text, 0);
    }

    /// <summary>Checks a label's or annotation's key: a name like a label's value but not empty, after an optional DNS subdomain and slash.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is one.</returns>
    public static bool IsLabelKey(string text)
    {
        int slash = text.IndexOf('/');
        return slash < 0 ? IsQualified(text, 0) : IsDnsSubdomain(text.Substring(0, slash)) && IsQualified(text, slash + 1);
    }

    /// <summary>Checks whether a key belongs to Kubernetes or to the node itself: its prefix is theirs, or a subdomain of it.</summary>
    /// <param name="key">A label's or annotation's key.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsReservedKey(string key)
    {
        int slash = key.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        string prefix = "." + key.Substring(0, slash);
        return prefix.EndsWith(".kubernetes.io") || prefix.EndsWith(".k8s.io") || prefix.EndsWith(".picokubelet.io");
    }

    private static bool IsDnsLabel(string text, int start, int length)
    {
        if (length == 0 || text[start] == '-' || text[start + length - 1] == '-')
        {
            return false;
        }

        for (int i = start; i < start + length; i++)
        {
            if (!IsLowerOrDigit(text[i]) && text[i] != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQualified(string text, int start)
    {
        int length = text.Length - start;
        if (length == 0 || length > MaxLabel || !IsLetterOrDigit(text[start]) || !IsLetterOrDigit(text[text.Length - 1]))
        {
            return false;
        }

        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (!IsLetterOrDigit(c) && c != '-' && c != '_' && c != '.')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLowerOrDigit(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static bool IsLetterOrDigit(char c)
    {
        return IsLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
    }
}
