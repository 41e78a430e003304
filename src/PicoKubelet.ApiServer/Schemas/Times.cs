using System.Globalization;

namespace PicoKubelet.ApiServer.Schemas;

/// <summary>The two forms of time in Kubernetes' documents.</summary>
internal static class Times
{
    private const string Micro = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly string[] MicroInputs = ["yyyy-MM-dd'T'HH:mm:ss.ffffffK"];
    private static readonly string[] TimeInputs = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>metav1.Time: whole seconds.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture);

    /// <summary>metav1.MicroTime: exactly six digits of a second.</summary>
    public static string FormatMicro(DateTimeOffset time) => time.UtcDateTime.ToString(Micro, CultureInfo.InvariantCulture);

    /// <summary>Reads a metav1.Time.</summary>
    /// <exception cref="SchemaException">The text is not RFC 3339.</exception>
    public static DateTimeOffset ParseTime(string text) => Parse(text, TimeInputs, "2006-01-02T15:04:05Z07:00");

    /// <summary>Reads a metav1.MicroTime, which must have six digits of a second.</summary>
    /// <exception cref="SchemaException">The text has another form.</exception>
    public static DateTimeOffset ParseMicroTime(string text) => Parse(text, MicroInputs, "2006-01-02T15:04:05.000000Z07:00");

    private static DateTimeOffset Parse(string text, string[] formats, string layout) =>
        text.Length > 19 && DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new SchemaException($"parsing time \"{text}\" as \"{layout}\": cannot parse \"{text}\"");
}
