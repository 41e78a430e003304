using System;

namespace PicoKubelet.Http.Server;

/// <summary>A request that is answered with an error.</summary>
public class RequestException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="message">What is wrong, for the client.</param>
    public RequestException(int status, string message)
        : base(message)
    {
        Status = status;
    }

    /// <summary>Gets the HTTP status code.</summary>
    public int Status { get; }
}
