namespace PicoKubelet.Rejection;

/// <summary>Why a pod is not taken, in the words of its status.</summary>
public static class PodRefusal
{
    /// <summary>The reason of a pod with another RuntimeClass, or none.</summary>
    public const string Runtime = "UnsupportedRuntime";

    /// <summary>The reason of a pod that asks for something that a board can not do.</summary>
    public const string Field = "UnsupportedField";

    /// <summary>The reason of a pod beyond the number of pods, as the kubelet's.</summary>
    public const string OutOfPods = "OutOfpods";

    /// <summary>The reason of a pod beyond the memory, as the kubelet's.</summary>
    public const string OutOfMemory = "OutOfmemory";

    /// <summary>The reason of a pod whose pin is not to be had, as the kubelet's of devices.</summary>
    public const string Admission = "UnexpectedAdmissionError";

    /// <summary>What is said of a pod with another RuntimeClass.</summary>
    public const string RuntimeMessage =
        "this node is a microcontroller: it runs WebAssembly programs of pods with runtimeClassName: picokubelet, and no Linux containers";

    /// <summary>Tells what there is too little of, in the kubelet's words.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <param name="requested">How much of it the pod asks for.</param>
    /// <param name="used">How much of it other pods have.</param>
    /// <param name="capacity">How much of it there is.</param>
    /// <returns>The message.</returns>
    public static string Describe(string resource, int requested, int used, int capacity)
    {
        return "Pod Node didn't have enough resource: " + resource + ", requested: " + requested.ToString() + ", used: " + used.ToString() + ", capacity: " + capacity.ToString();
    }
}
