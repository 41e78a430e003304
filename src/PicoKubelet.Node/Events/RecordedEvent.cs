using System;

namespace PicoKubelet.Events;

/// <summary>One of the last events of a reason about an object. What it tells does not change, but for how often it happened.</summary>
internal sealed class RecordedEvent
{
    /// <param name="about">What it is about.</param>
    /// <param name="type">The type.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="message">The message.</param>
    /// <param name="first">When it happened first, UTC.</param>
    /// <param name="number">A number that no other event of this board has.</param>
    public RecordedEvent(EventTarget about, string type, string reason, string message, DateTime first, long number)
    {
        About = about;
        Type = type;
        Reason = reason;
        Message = message;
        First = first;
        Number = number;
    }

    /// <summary>Gets what it is about.</summary>
    public EventTarget About { get; }

    /// <summary>Gets the type.</summary>
    public string Type { get; }

    /// <summary>Gets the reason.</summary>
    public string Reason { get; }

    /// <summary>Gets the message.</summary>
    public string Message { get; }

    /// <summary>Gets the number that no other event of this board has.</summary>
    public long Number { get; }

    /// <summary>Gets or sets the Event's name, or null before it was created.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets when it happened first, UTC.</summary>
    public DateTime First { get; set; }

    /// <summary>Gets or sets when it happened last, UTC.</summary>
    public DateTime Last { get; set; }

    /// <summary>Gets or sets how often it happened.</summary>
    public int Count { get; set; }

    /// <summary>Gets or sets whether the API server has yet to be told.</summary>
    public bool IsPending { get; set; }

    /// <summary>Gets whether it is of this reason and about this object.</summary>
    public bool Is(EventTarget about, string reason)
    {
        return Reason == reason && (About == about || (About.Uid == about.Uid && About.Kind == about.Kind && About.FieldPath == about.FieldPath));
    }
}
