using System;

namespace PicoKubelet.Network;

/// <summary>A connection could not be opened.</summary>
public class ConnectException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="phase">The step that failed.</param>
    /// <param name="message">Why.</param>
    public ConnectException(ConnectPhase phase, string message)
        : base(message)
    {
        Phase = phase;
    }

    /// <summary>Gets the step that failed.</summary>
    public ConnectPhase Phase { get; }

    /// <summary>Describes the failure with its step.</summary>
    /// <returns>For instance <c>connect: refused</c>.</returns>
    public string Describe()
    {
        return Phase switch
        {
            ConnectPhase.Resolve => "resolve: ",
            ConnectPhase.Connect => "connect: ",
            _ => "TLS handshake: ",
        } + Message;
    }
}
