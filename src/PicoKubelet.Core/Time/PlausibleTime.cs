using System;

namespace PicoKubelet.Time;

/// <summary>
/// Which times of day can be true. A clock that was never set shows one that is not: 1601 or 1970, and on an RP2040, whose
/// registers read as nought, 2048-01-31.
/// </summary>
public static class PlausibleTime
{
    /// <summary>How long a version of the firmware can be in use, in years; what is later than that is no time.</summary>
    public const int Years = 20;

    /// <summary>Tells whether a time can be true: not before the firmware was made, and not long after.</summary>
    /// <param name="utc">The time, UTC.</param>
    /// <returns>Whether it can.</returns>
    public static bool Includes(DateTime utc)
    {
        return utc.Year >= FirmwareVersion.Year && utc.Year < FirmwareVersion.Year + Years;
    }
}
