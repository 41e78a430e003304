using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Http;
using PicoKubelet.Logging;
using PicoKubelet.Text;

namespace PicoKubelet.Kubelet;

/// <summary>
/// Checks bearer tokens (RFC 6750). Wrong ones are counted over all clients; past a few in a second nobody's is
/// checked until the second is over, so that guessing gets nowhere, however many clients do it.
/// </summary>
public sealed class Authenticator
{
    /// <summary>How many wrong tokens a second are answered as such: 600 a minute of a token's 2^128 values, and room for a client or two with an old one.</summary>
    public const int MaxFailures = 10;

    private const int Window = 1000;
    private const string Scheme = "bearer ";

    private readonly byte[] _token;
    private readonly bool _allowsAnonymousRead;
    private readonly NodeConfiguration _configuration;
    private readonly IClock _clock;
    private readonly object _gate = new object();
    private long _windowStart;
    private int _failures;

    /// <summary>Initializes the authenticator.</summary>
    /// <param name="token">The token that clients have to show, or null where none is right.</param>
    /// <param name="allowsAnonymousRead">Whether clients that show nothing may read.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="configuration">The configuration, which decides about the clients that show nothing from moment to moment; null where there is none.</param>
    public Authenticator(string token, bool allowsAnonymousRead, IClock clock, NodeConfiguration configuration = null)
    {
        _configuration = configuration;
        _token = token == null ? new byte[0] : Utf8.Encoding.GetBytes(token);
        _allowsAnonymousRead = allowsAnonymousRead;
        _clock = clock;
    }

    /// <summary>Has the token taken out of whatever the board tells.</summary>
    /// <param name="secrets">What does so.</param>
    public void Conceal(SecretMask secrets)
    {
        secrets.Add(_token, 0, _token.Length);
    }

    private bool AllowsAnonymousRead => _configuration == null ? _allowsAnonymousRead : _configuration.AllowsAnonymousRead;

    /// <summary>Checks the header that was read last, an <c>Authorization</c>. Takes as long for a wrong token as for the right one.</summary>
    /// <param name="http">The reader that holds the header.</param>
    /// <returns>What it shows.</returns>
    internal Credentials Check(HttpReader http)
    {
        if (!http.ValueStartsWith(Scheme) || _token.Length == 0)
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
    /// <returns>200 when it may go on; 401, or 429 while too many failed.</returns>
    internal int Decide(Access access, Credentials credentials)
    {
        if (access == Access.Open)
        {
            return HttpStatus.Ok;
        }

        if (credentials == Credentials.None)
        {
            return access == Access.Read && AllowsAnonymousRead ? HttpStatus.Ok : HttpStatus.Unauthorized;
        }

        lock (_gate)
        {
            long now = _clock.Milliseconds;
            if (now - _windowStart >= Window)
            {
                _windowStart = now;
                _failures = 0;
            }

            // The right token too: otherwise a guess that is right would show among those that are refused.
            if (_failures >= MaxFailures)
            {
                return HttpStatus.TooManyRequests;
            }

            if (credentials == Credentials.Right)
            {
                return HttpStatus.Ok;
            }

            _failures++;
            return HttpStatus.Unauthorized;
        }
    }
}
