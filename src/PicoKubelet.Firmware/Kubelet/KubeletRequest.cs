using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>What is kept of a request: one instance a connection in service, used again and again.</summary>
public sealed class KubeletRequest
{
    // The longest path that is served has 18 bytes; what is longer is kept for the log, so far.
    private const int MaxPathBytes = 64;
    private const int JsonBlockBytes = 64;

    // The longest name or value that a command has, with room to name an unknown one in the error.
    private const int JsonTokenBytes = 64;

    internal KubeletRequest(IByteSource body)
    {
        Body = body;
        Json = new JsonReader(JsonBlockBytes, JsonTokenBytes);
    }

    /// <summary>Gets the method, or null where it is unknown.</summary>
    public string Method { get; internal set; }

    /// <summary>Gets whether the client understands HTTP/1.1.</summary>
    public bool IsHttp11 { get; internal set; }

    /// <summary>Gets whether the query asks for details.</summary>
    public bool IsVerbose { get; internal set; }

    /// <summary>Gets what the request shows to say who it comes from.</summary>
    public Credentials Credentials { get; internal set; }

    /// <summary>Gets whether the client waits for a 100 before it sends the body.</summary>
    public bool ExpectsContinue { get; internal set; }

    /// <summary>Gets whether the path is longer than what is kept of it.</summary>
    public bool IsPathTruncated { get; internal set; }

    /// <summary>Gets the body, of which no more than the bound can be read.</summary>
    public IByteSource Body { get; }

    /// <summary>Gets a reader for a JSON body.</summary>
    public JsonReader Json { get; }

    /// <summary>Gets the decoded path, or its beginning.</summary>
    internal Utf8Writer Path { get; } = new Utf8Writer(MaxPathBytes);

    /// <summary>Compares the path.</summary>
    /// <param name="ascii">The path to compare with.</param>
    /// <param name="orBelow">Whether anything may follow after a slash.</param>
    /// <returns>Whether it is this path.</returns>
    public bool PathIs(string ascii, bool orBelow)
    {
        int length = ascii.Length;
        bool isExact = Path.Length == length && !IsPathTruncated;
        if (!isExact && !(orBelow && Path.Length > length && Path.Buffer[length] == '/'))
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (Path.Buffer[i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }

    internal void Clear()
    {
        Method = null;
        IsHttp11 = false;
        IsVerbose = false;
        Credentials = Credentials.None;
        ExpectsContinue = false;
        IsPathTruncated = false;
        Path.Reset();
    }

    internal void AddToPath(byte value)
    {
        if (Path.Length == MaxPathBytes)
        {
            IsPathTruncated = true;
        }
        else
        {
            Path.WriteByte(value);
        }
    }
}
