namespace PicoKubelet;

/// <summary>The firmware's version, where others see it.</summary>
public static class FirmwareVersion
{
    /// <summary>The version, as in the assemblies.</summary>
    public const string Number = "0.1.0";

    /// <summary>The year in which this version was made, before which no clock is believed; it changes with the version.</summary>
    public const int Year = 2026;

    /// <summary>
    /// What the Node reports as <c>kubeletVersion</c>: the Kubernetes release whose node protocol is spoken, and the firmware's own
    /// version as a pre-release, so that it is a semantic version that tools can compare.
    /// </summary>
    public const string Kubelet = "v1.34.0-picokubelet." + Number;

    /// <summary>The <c>User-Agent</c> of requests to the API server.</summary>
    public const string UserAgent = "picokubelet/" + Number;
}
