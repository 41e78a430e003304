namespace PicoKubelet.Http;

/// <summary>The methods of HTTP that are known: those of RFC 9110 and RFC 5789 but CONNECT, which is for proxies.</summary>
public static class Method
{
    /// <summary>Reads.</summary>
    public const string Get = "GET";

    /// <summary>Reads, and is answered without the body.</summary>
    public const string Head = "HEAD";

    /// <summary>Has something done, or made.</summary>
    public const string Post = "POST";

    /// <summary>Changes a part.</summary>
    public const string Patch = "PATCH";

    /// <summary>Takes away.</summary>
    public const string Delete = "DELETE";

    private const int KnownCount = 8;

    /// <summary>Finds the method of a request.</summary>
    /// <param name="http">The reader that holds the request line.</param>
    /// <param name="length">The method's length in it.</param>
    /// <returns>The method, or null where it is unknown.</returns>
    public static string Find(HttpReader http, int length)
    {
        for (int i = 0; i < KnownCount; i++)
        {
            string method = Known(i);
            if (method.Length == length && Matches(http, method))
            {
                return method;
            }
        }

        return null;
    }

    private static string Known(int index)
    {
        // Not an array, which would keep them all on the heap for ever. The usual ones come first.
        return index switch
        {
            0 => Get,
            1 => Head,
            2 => Post,
            3 => "PUT",
            4 => Patch,
            5 => Delete,
            6 => "OPTIONS",
            _ => "TRACE",
        };
    }

    private static bool Matches(HttpReader http, string method)
    {
        for (int i = 0; i < method.Length; i++)
        {
            if (http.LineByte(i) != method[i])
            {
                return false;
            }
        }

        return true;
    }
}
