using PicoKubelet.Http;

namespace PicoKubelet.Kubelet;

/// <summary>The methods of HTTP that are known: those of RFC 9110 and RFC 5789 but CONNECT, which is for proxies.</summary>
internal static class Method
{
    public const string Get = "GET";
    public const string Head = "HEAD";
    public const string Post = "POST";

    private static readonly string[] Known = { Get, Head, Post, "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" };

    /// <param name="http">The reader that holds the request line.</param>
    /// <param name="length">The method's length in it.</param>
    /// <returns>The method, or null where it is unknown.</returns>
    public static string Find(HttpReader http, int length)
    {
        foreach (string method in Known)
        {
            if (method.Length == length && Matches(http, method))
            {
                return method;
            }
        }

        return null;
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
