using System;
using PicoKubelet.Hardware;

namespace PicoKubelet.Time;

/// <summary>The time that a server's replies name in their header <c>Date</c>, for a board that has no other clock, or doubts its own.</summary>
public sealed class ServerDate
{
    private readonly IClock _clock;

    /// <summary>Initializes the date: none.</summary>
    /// <param name="clock">The monotonic clock.</param>
    public ServerDate(IClock clock)
    {
        _clock = clock;
    }

    /// <summary>Gets or sets whether to take note of it.</summary>
    public bool IsWanted { get; set; }

    /// <summary>Gets the time that the last reply with a readable <c>Date</c> named while it was wanted, or the default value where there was none.</summary>
    public DateTime Utc { get; private set; }

    /// <summary>Gets when <see cref="Utc"/> was read, in the monotonic clock's milliseconds.</summary>
    public long ReadAt { get; private set; }

    /// <summary>Forgets it, so that one that is read from now on can be told from it.</summary>
    public void Forget()
    {
        Utc = default(DateTime);
    }

    /// <summary>Takes the header's value, where it is a date.</summary>
    /// <param name="value">The value.</param>
    public void Take(string value)
    {
        if (Timestamp.TryParseHttpDate(value, out DateTime utc))
        {
            Utc = utc;
            ReadAt = _clock.Milliseconds;
        }
    }
}
