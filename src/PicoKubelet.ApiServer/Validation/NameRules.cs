using System.Text.RegularExpressions;

namespace PicoKubelet.ApiServer.Validation;

/// <summary>What names, label keys and label values may be. Source: apimachinery's util/validation. Null: fine.</summary>
internal static partial class NameRules
{
    private const int LabelLength = 63;
    private const int SubdomainLength = 253;

    private const string DnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string DnsSubdomain = DnsLabel + @"(\." + DnsLabel + ")*";
    private const string QualifiedName = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelText = "(" + QualifiedName + ")?";

    public static string? Subdomain(string text) => TooLong(text, SubdomainLength) ?? (SubdomainPattern().IsMatch(text)
        ? null
        : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
            + $" (e.g. 'example.com', regex used for validation is '{DnsSubdomain}')");

    public static string? Label(string text) => TooLong(text, LabelLength) ?? (LabelPattern().IsMatch(text)
        ? null
        : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
            + $" (e.g. 'my-name',  or '123-abc', regex used for validation is '{DnsLabel}')");

    public static string? LabelValue(string text) => TooLong(text, LabelLength) ?? (LabelTextPattern().IsMatch(text)
        ? null
        : "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
            + $" (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '{LabelText}')");

    public static string? PathSegment(string text) => text is "." or ".."
        ? $"may not be '{text}'"
        : text.AsSpan().IndexOfAny('/', '%') is var at and >= 0 ? $"may not contain '{text[at]}'" : null;

    /// <summary>A label's or annotation's key: a name, with or without a subdomain in front.</summary>
    public static string? Qualified(string text)
    {
        var parts = text.Split('/');
        var name = parts[^1];
        if (parts.Length > 2)
        {
            return "a qualified name " + NameText + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
        }
        if (parts.Length == 2)
        {
            if (parts[0].Length == 0)
            {
                return "prefix part must be non-empty";
            }
            if (Subdomain(parts[0]) is { } prefix)
            {
                return "prefix part " + prefix;
            }
        }
        if (name.Length == 0)
        {
            return "name part must be non-empty";
        }
        return TooLong(name, LabelLength) is { } tooLong
            ? "name part " + tooLong
            : QualifiedPattern().IsMatch(name) ? null : "name part " + NameText;
    }

    public static string? ConfigKey(string text) => TooLong(text, SubdomainLength) ?? (ConfigKeyPattern().IsMatch(text)
        ? null
        : "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");

    private const string NameText =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
        + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + QualifiedName + "')";

    private static string? TooLong(string text, int limit) => text.Length > limit ? $"must be no more than {limit} characters" : null;

    [GeneratedRegex(@"\A" + DnsSubdomain + @"\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"\A" + DnsLabel + @"\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\A" + LabelText + @"\z")]
    private static partial Regex LabelTextPattern();

    [GeneratedRegex(@"\A" + QualifiedName + @"\z")]
    private static partial Regex QualifiedPattern();

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKeyPattern();
}
