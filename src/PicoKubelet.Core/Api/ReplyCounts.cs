namespace PicoKubelet.Api;

/// <summary>
/// Counts the API server's replies by method and status code: a table of fixed size, with the codes that Kubernetes' API uses.
/// Written by the client's own loop, read by anyone.
/// </summary>
public sealed class ReplyCounts
{
    // The last two stand for what has no column of its own: 0 for no reply at all, -1 for every other code.
    private static readonly int[] Codes = { 200, 201, 400, 401, 403, 404, 406, 409, 410, 415, 422, 429, 500, 502, 503, 504, 0, -1 };
    private static readonly string[] Methods = { Verb.Get, Verb.Post, Verb.Patch };

    private readonly int[] _counts = new int[Methods.Length * Codes.Length];

    /// <summary>Gets the number of methods.</summary>
    public int MethodCount => Methods.Length;

    /// <summary>Gets the number of codes.</summary>
    public int CodeCount => Codes.Length;

    /// <summary>Gets a method.</summary>
    /// <param name="index">From 0 to <see cref="MethodCount"/> - 1.</param>
    /// <returns>The method's name.</returns>
    public string Method(int index)
    {
        return Methods[index];
    }

    /// <summary>Gets a code.</summary>
    /// <param name="index">From 0 to <see cref="CodeCount"/> - 1.</param>
    /// <returns>The HTTP status code; 0 for requests without a reply, -1 for all other codes.</returns>
    public int Code(int index)
    {
        return Codes[index];
    }

    /// <summary>Gets a count.</summary>
    /// <param name="method">The method's index.</param>
    /// <param name="code">The code's index.</param>
    /// <returns>How many replies there were.</returns>
    public int Count(int method, int code)
    {
        return _counts[(method * Codes.Length) + code];
    }

    internal void Note(string method, int code)
    {
        for (int i = 0; i < Methods.Length; i++)
        {
            if (Methods[i] == method)
            {
                _counts[(i * Codes.Length) + IndexOf(code)]++;
            }
        }
    }

    private static int IndexOf(int code)
    {
        int last = Codes.Length - 1;
        for (int i = 0; i < last; i++)
        {
            if (Codes[i] == code)
            {
                return i;
            }
        }

        return last;
    }
}
