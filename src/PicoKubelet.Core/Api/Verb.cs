namespace PicoKubelet.Api;

/// <summary>The HTTP methods that the node uses.</summary>
public static class Verb
{
    /// <summary>Reads an object.</summary>
    public const string Get = "GET";

    /// <summary>Creates an object.</summary>
    public const string Post = "POST";

    /// <summary>Changes a part of an object.</summary>
    public const string Patch = "PATCH";

    /// <summary>Removes an object.</summary>
    public const string Delete = "DELETE";
}
