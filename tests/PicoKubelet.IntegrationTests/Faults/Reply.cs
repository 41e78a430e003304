using System.Text;

namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>A reply on its way to a board.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">Headers besides those that frame the body.</param>
internal sealed record Reply(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>Makes an API server's error: a <c>Status</c> object.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="reason">The reason, such as <c>InternalError</c>.</param>
    /// <param name="headers">Headers besides those that frame the body.</param>
    public static Reply Failure(int status, string reason, params (string Name, string Value)[] headers)
    {
        string body =
            $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"told to fail","reason":"{{reason}}","code":{{status}}}""";
        return new Reply(status, Encoding.UTF8.GetBytes(body), [.. headers, ("Content-Type", "application/json")]);
    }

    /// <summary>Writes the status line and the headers, up to the empty line.</summary>
    /// <param name="framing">The header that frames the body.</param>
    public byte[] Head(string framing)
    {
        StringBuilder head = new($"HTTP/1.1 {Status} Told\r\n{framing}\r\n");
        foreach ((string name, string value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>Writes the reply as it should be.</summary>
    public byte[] Whole()
    {
        return [.. Head($"Content-Length: {Body.Length}"), .. Body];
    }
}
