using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A request as the API server saw it.</summary>
internal sealed class RecordedRequest
{
    public RecordedRequest(long at, string text)
    {
        At = at;
        int verbEnd = text.IndexOf(' ');
        int pathEnd = text.IndexOf(' ', verbEnd + 1);
        Verb = text.Substring(0, verbEnd);
        Path = text.Substring(verbEnd + 1, pathEnd - verbEnd - 1);
        Body = text.Substring(text.IndexOf("\r\n\r\n") + 4);
        ContentType = Header(text, "Content-Type: ");
        Accept = Header(text, "Accept: ");
        IsAuthorized = Header(text, "Authorization: ") == "Bearer " + ApiHarness.Token;
    }

    /// <summary>When it came, in the clock's milliseconds.</summary>
    public long At { get; }

    public string Verb { get; }

    public string Path { get; }

    public string Body { get; }

    public string ContentType { get; }

    public string Accept { get; }

    public bool IsAuthorized { get; }

    /// <summary>One word for what it is.</summary>
    public string Kind
    {
        get
        {
            if (Path.Contains("/leases"))
            {
                return Verb == "POST" ? "create-lease" : "lease";
            }

            if (Path.Contains("/configmaps"))
            {
                return Accept.Contains("PartialObjectMetadata") ? "configmap-metadata" : "configmap";
            }

            if (Path.Contains("/events"))
            {
                return Verb == "POST" ? "create-event" : "raise-event";
            }

            if (Path.EndsWith("/status"))
            {
                return "status";
            }

            return Verb switch
            {
                "GET" => Path == "/version" ? "version" : Accept.Contains("PartialObjectMetadata") ? "look" : "get",
                "POST" => "create",
                _ => ContentType == "application/json-patch+json" ? "taint" : "labels",
            };
        }
    }

    private static string Header(string text, string name)
    {
        int start = text.IndexOf("\r\n" + name);
        if (start < 0)
        {
            return null;
        }

        start += 2 + name.Length;
        return text.Substring(start, text.IndexOf("\r\n", start) - start);
    }
}
