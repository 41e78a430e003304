using System;

namespace PicoKubelet.Node;

/// <summary>One of the Node's conditions.</summary>
public sealed class Condition
{
    /// <summary>The status of a condition that holds.</summary>
    public const string True = "True";

    /// <summary>The status of a condition that does not hold.</summary>
    public const string False = "False";

    private bool _hasFlipped;

    internal Condition(string type)
    {
        Type = type;
    }

    /// <summary>Gets the type, such as <c>Ready</c>.</summary>
    public string Type { get; }

    /// <summary>Gets the status, <see cref="True"/> or <see cref="False"/>; null before it was first looked at.</summary>
    public string Status { get; private set; }

    /// <summary>Gets the reason, one word in CamelCase.</summary>
    public string Reason { get; private set; }

    /// <summary>Gets the reason for people.</summary>
    public string Message { get; private set; }

    /// <summary>Gets when the status was last another one, UTC.</summary>
    public DateTime LastTransition { get; private set; }

    /// <summary>Sets the condition; the time of transition moves only when the status does.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="message">The reason for people.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>Whether the status, the reason or the message is another one than before.</returns>
    internal bool Set(bool holds, string reason, string message, DateTime now)
    {
        string status = holds ? True : False;
        bool isFlip = Status != status;
        bool hasChanged = isFlip || Reason != reason || Message != message;
        if (isFlip)
        {
            _hasFlipped = Status != null;
            LastTransition = now;
        }

        Status = status;
        Reason = reason;
        Message = message;
        return hasChanged;
    }

    /// <summary>
    /// Takes over the time of transition that the API server has for the same status, from before a reboot for instance.
    /// A transition that the device saw itself is the truer one.
    /// </summary>
    /// <param name="status">The status that the API server has.</param>
    /// <param name="lastTransition">When it became so, UTC.</param>
    /// <param name="now">The time of the transition where the API server has another status, UTC.</param>
    internal void Adopt(string status, DateTime lastTransition, DateTime now)
    {
        if (status != Status)
        {
            LastTransition = now;
        }
        else if (!_hasFlipped)
        {
            LastTransition = lastTransition;
        }
    }
}
