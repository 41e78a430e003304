using System;

namespace PicoKubelet.Events;

/// <summary>The last event of a reason.</summary>
internal sealed class RecordedEvent
{
    public RecordedEvent(string reason)
    {
        Reason = reason;
    }

    /// <summary>Gets the reason.</summary>
    public string Reason { get; }

    /// <summary>Gets or sets the Event's name, or null before it was created.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets the type.</summary>
    public string Type { get; set; }

    /// <summary>Gets or sets the message, or null before the first.</summary>
    public string Message { get; set; }

    /// <summary>Gets or sets when it happened first, UTC.</summary>
    public DateTime First { get; set; }

    /// <summary>Gets or sets when it happened last, UTC.</summary>
    public DateTime Last { get; set; }

    /// <summary>Gets or sets how often it happened.</summary>
    public int Count { get; set; }

    /// <summary>Gets or sets whether the API server has yet to be told.</summary>
    public bool IsPending { get; set; }
}
