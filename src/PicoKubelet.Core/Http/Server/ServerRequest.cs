using System.Text;
using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>What is kept of a request: one instance a connection in service, used again and again.</summary>
public sealed class ServerRequest
{
    // The longest target that is served: a container's log by namespace, pod and container, with all that can be asked of it.
    // Of what is longer the beginning is kept.
    private const int MaxTargetBytes = 320;

    private readonly Utf8Writer _target = new Utf8Writer(MaxTargetBytes);
    private bool _isTruncated;

    internal ServerRequest(IByteSource body)
    {
        Body = body;
    }

    /// <summary>Gets the method, or null where it is unknown.</summary>
    public string Method { get; internal set; }

    /// <summary>Gets whether the client understands HTTP/1.1.</summary>
    public bool IsHttp11 { get; internal set; }

    /// <summary>Gets what the request shows to say who it comes from.</summary>
    public Credentials Credentials { get; internal set; }

    /// <summary>Gets whether the client waits for a 100 before it sends the body.</summary>
    public bool ExpectsContinue { get; internal set; }

    /// <summary>Gets the body, of which no more than the bound can be read.</summary>
    public IByteSource Body { get; }

    /// <summary>Gets the length of the decoded path, or of its beginning.</summary>
    public int PathLength { get; private set; }

    internal bool IsPathTruncated => _isTruncated && PathLength == MaxTargetBytes;

    /// <summary>Gets a byte of the decoded path.</summary>
    /// <param name="index">From 0 to <see cref="PathLength"/> - 1.</param>
    /// <returns>The byte.</returns>
    public byte PathByte(int index)
    {
        return _target.Buffer[index];
    }

    /// <summary>Compares the path.</summary>
    /// <param name="ascii">The path to compare with.</param>
    /// <param name="orBelow">Whether anything may follow after a slash.</param>
    /// <returns>Whether it is this path.</returns>
    public bool PathIs(string ascii, bool orBelow)
    {
        int length = ascii.Length;
        bool isExact = PathLength == length && !IsPathTruncated;
        if (!isExact && !(orBelow && PathLength > length && _target.Buffer[length] == '/'))
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (_target.Buffer[i] != ascii[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets a part of the path, between two slashes.</summary>
    /// <param name="index">Which one: of <c>/containerLogs/ns/pod/app</c>, 1 is <c>ns</c>.</param>
    /// <returns>The part, or null where the path has none there.</returns>
    /// <exception cref="RequestException">The path is longer than what is kept of it.</exception>
    public string Segment(int index)
    {
        if (IsPathTruncated)
        {
            throw TooLong();
        }

        int start = 1;
        for (int i = 1; i <= PathLength; i++)
        {
            if (i < PathLength && _target.Buffer[i] != '/')
            {
                continue;
            }

            if (index == 0)
            {
                return Utf8.Encoding.GetString(_target.Buffer, start, i - start);
            }

            index--;
            start = i + 1;
        }

        return null;
    }

    /// <summary>Gets whether a parameter of the query says yes: it has no value, or one that begins with 1 or t.</summary>
    /// <param name="name">Its name, of letters alone.</param>
    /// <returns>Whether it is there and does.</returns>
    public bool IsSet(string name)
    {
        int at = Find(name);
        return at >= 0 && (IsValueEnd(at) || _target.Buffer[at] == '1' || _target.Buffer[at] == 't');
    }

    /// <summary>Gets the value of a parameter of the query.</summary>
    /// <param name="name">Its name, of letters alone.</param>
    /// <returns>The decoded value, or null where the query has no such parameter.</returns>
    /// <exception cref="RequestException">The query is longer than what is kept of it, or its text can not be one.</exception>
    public string Parameter(string name)
    {
        if (_isTruncated)
        {
            throw TooLong();
        }

        int at = Find(name);
        if (at < 0)
        {
            return null;
        }

        StringBuilder value = new StringBuilder();
        for (; !IsValueEnd(at); at++)
        {
            int next = _target.Buffer[at];
            if (next == '%')
            {
                next = (Hex.ValueOf(_target.Buffer[at + 1]) << 4) | Hex.ValueOf(_target.Buffer[at + 2]);
                at += 2;
            }
            else if (next == '+')
            {
                next = ' ';
            }

            if (next < ' ' || next >= 0x7f)
            {
                throw new RequestException(HttpStatus.BadRequest, name + ": must be ASCII");
            }

            value.Append((char)next);
        }

        return value.ToString();
    }

    internal void Clear()
    {
        Method = null;
        IsHttp11 = false;
        Credentials = Credentials.None;
        ExpectsContinue = false;
        PathLength = 0;
        _isTruncated = false;
        _target.Reset();
    }

    internal void AddToPath(byte value)
    {
        AddToQuery(value);
        PathLength = _target.Length;
    }

    /// <summary>Adds to the query, which is kept as it came; its escapes are known to be whole.</summary>
    internal void AddToQuery(byte value)
    {
        if (_target.Length == MaxTargetBytes)
        {
            _isTruncated = true;
        }
        else
        {
            _target.WriteByte(value);
        }
    }

    private static RequestException TooLong()
    {
        return new RequestException(HttpStatus.UriTooLong, "path or query too long");
    }

    /// <returns>Where the value of a parameter begins, or -1 where there is no such parameter.</returns>
    private int Find(string name)
    {
        byte[] target = _target.Buffer;
        for (int i = PathLength; i + name.Length < _target.Length; i++)
        {
            // Before the first parameter there is a question mark.
            if ((i == PathLength || target[i] == '&') && Matches(i + 1, name))
            {
                int end = i + 1 + name.Length;
                if (IsValueEnd(end))
                {
                    return end;
                }

                if (target[end] == '=')
                {
                    return end + 1;
                }
            }
        }

        return -1;
    }

    private bool Matches(int start, string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (_target.Buffer[start + i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private bool IsValueEnd(int at)
    {
        return at == _target.Length || _target.Buffer[at] == '&';
    }
}
