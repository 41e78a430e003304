using System;

namespace PicoKubelet.Json;

/// <summary>A document is not JSON, is cut short or is nested too deeply.</summary>
public class JsonException : Exception
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="message">What was expected or is not allowed, in a few words.</param>
    /// <param name="position">The byte of the document at which it was seen, counted from 0.</param>
    public JsonException(string message, int position)
        : base(message + " at byte " + position.ToString())
    {
        Position = position;
    }

    /// <summary>The byte of the document at which the fault was seen, counted from 0.</summary>
    public int Position { get; }
}
