using System;

namespace PicoKubelet.Http;

/// <summary>An HTTP message that can not be read.</summary>
public class HttpException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="message">What is wrong, in a few words.</param>
    public HttpException(HttpError error, string message)
        : base(message)
    {
        Error = error;
    }

    /// <summary>Gets what is wrong.</summary>
    public HttpError Error { get; }
}
