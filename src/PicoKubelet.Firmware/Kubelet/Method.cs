using PicoKubelet.Http;

namespace PicoKubelet.Kubelet;

/// <summary>The methods of HTTP that are known: those of RFC 9110 and RFC 5789 but CONNECT, which is for proxies.</summary>
internal static class Method
{
    public const string Get = "GET";
    public const string Head = "HEAD";
    public const string Post = "POST";

    private const int KnownCount = 8;

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
            4 => "PATCH",
            5 => "DELETE",
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
