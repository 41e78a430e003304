namespace PicoKubelet.Kubelet;

/// <summary>What the part of the firmware that follows the ConfigMap tells of itself.</summary>
public interface IConfigurationStatus
{
    /// <summary>Gets the number of times that the ConfigMap was asked for.</summary>
    long Polls { get; }

    /// <summary>Gets the number of times that it could not be read.</summary>
    long PollsFailed { get; }

    /// <summary>Gets the resourceVersion of the ConfigMap in force, or null where none was applied.</summary>
    string AppliedVersion { get; }
}
