using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>
/// Checks bearer tokens (RFC 6750). The right one always passes, whatever others show: whoever has none must not be able to
/// shut out who has. Wrong ones are counted over all clients; past a few in a second they cost no more than an answer of one line,
/// and none in the log. What keeps a guess from being right is the token's length, see <see cref="ShortToken"/>.
/// </summary>
public class Authenticator
{
    /// <summary>How many wrong tokens a second are answered as such and logged: room for a client or two with an old one.</summary>
    public const int MaxFailures = 10;

    /// <summary>
    /// The characters of the shortest token that is not warned of. A port answers some thousand guesses a second; of 16 hexadecimal
    /// digits there are 2^64, half of which take 300 million years then.
    /// </summary>
    public const int ShortToken = 16;

    // A path and a query of the length that is kept, with the method and the version; and a header's name, the scheme and some blanks.
    private const int LeastLineBytes = 512;
    private const int HeaderBytes = 64;

    private const int Window = 1000;
    private const string Scheme = "bearer ";

    private readonly byte[] _token;
    private readonly IClock _clock;
    private readonly object _gate = new object();
    private long _windowStart;
    private int _failures;

    /// <summary>Initializes the authenticator.</summary>
    /// <param name="token">The token that clients have to show, or null where none is right.</param>
    /// <param name="clock">The monotonic clock.</param>
    public Authenticator(string token, IClock clock)
    {
        _token = token == null ? new byte[0] : Utf8.Encoding.GetBytes(token);
        _clock = clock;
    }

    /// <summary>Gets whether there is a token, and one that could be guessed.</summary>
    public bool HasShortToken => _token.Length > 0 && _token.Length < ShortToken;

    /// <summary>Gets the bytes of the longest line of a request's head that can be right. A header that is longer shows no right token.</summary>
    public int LineBytes => _token.Length + HeaderBytes > LeastLineBytes ? _token.Length + HeaderBytes : LeastLineBytes;

    /// <summary>Gets whether clients that show nothing may read.</summary>
    protected virtual bool AllowsAnonymousRead => false;

    /// <summary>Has the token taken out of whatever the board tells.</summary>
    /// <param name="secrets">What does so.</param>
    public void Conceal(SecretMask secrets)
    {
        secrets.Add(_token, 0, _token.Length);
    }

    /// <summary>Checks the header that was read last, an <c>Authorization</c>. Takes as long for a wrong token as for the right one.</summary>
    /// <param name="http">The reader that holds the header.</param>
    /// <returns>What it shows.</returns>
    public Credentials Check(HttpReader http)
    {
        if (http.LineIsTruncated || !http.ValueStartsWith(Scheme) || _token.Length == 0)
        {
            return Credentials.Wrong;
        }

        int start = Scheme.Length;
        while (start < http.ValueLength && http.ValueByte(start) == ' ')
        {
            start++;
        }

        // The loop's length is the client's own; of the right token it tells nothing.
        int length = http.ValueLength - start;
        int difference = length ^ _token.Length;
        for (int i = 0; i < length; i++)
        {
            difference |= http.ValueByte(start + i) ^ _token[i % _token.Length];
        }

        return difference == 0 ? Credentials.Right : Credentials.Wrong;
    }

    /// <summary>Decides about a request, and takes note of a failure.</summary>
    /// <param name="access">Who may use the route.</param>
    /// <param name="credentials">What the request shows.</param>
    /// <returns>200 when it may go on; 401, or 429 once too many were wrong.</returns>
    public int Decide(Access access, Credentials credentials)
    {
        if (access == Access.Open)
        {
            return HttpStatus.Ok;
        }

        if (credentials == Credentials.None)
        {
            return access == Access.Read && AllowsAnonymousRead ? HttpStatus.Ok : HttpStatus.Unauthorized;
        }

        if (credentials == Credentials.Right)
        {
            return HttpStatus.Ok;
        }

        lock (_gate)
        {
            long now = _clock.Milliseconds;
            if (now - _windowStart >= Window)
            {
                _windowStart = now;
                _failures = 0;
            }

            if (_failures >= MaxFailures)
            {
                return HttpStatus.TooManyRequests;
            }

            _failures++;
            return HttpStatus.Unauthorized;
        }
    }
}
