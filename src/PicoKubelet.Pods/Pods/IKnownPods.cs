namespace PicoKubelet.Pods;

/// <summary>Tells which pods are known, so that they need not be read again.</summary>
public interface IKnownPods
{
    /// <summary>Gets whether a pod is known.</summary>
    /// <param name="uid">Its uid.</param>
    /// <returns>Whether it is.</returns>
    bool IsKnown(string uid);
}
