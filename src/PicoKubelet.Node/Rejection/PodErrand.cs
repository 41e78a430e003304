namespace PicoKubelet.Rejection;

/// <summary>Something to be told to the API server of a pod that this node does not run: that it is refused, or that its deletion is done.</summary>
public sealed class PodErrand
{
    /// <summary>Initializes the errand.</summary>
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="name">The pod's name.</param>
    /// <param name="uid">The pod's uid.</param>
    /// <param name="reason">Why it is refused, or null where its deletion is confirmed.</param>
    /// <param name="message">The same for people, or null.</param>
    public PodErrand(string podNamespace, string name, string uid, string reason, string message)
    {
        Namespace = podNamespace;
        Name = name;
        Uid = uid;
        Reason = reason;
        Message = message;
    }

    /// <summary>Gets the pod's namespace.</summary>
    public string Namespace { get; }

    /// <summary>Gets the pod's name.</summary>
    public string Name { get; }

    /// <summary>Gets the pod's uid.</summary>
    public string Uid { get; }

    /// <summary>Gets why it is refused, or null where its deletion is confirmed.</summary>
    public string Reason { get; }

    /// <summary>Gets the same for people, or null.</summary>
    public string Message { get; }
}
