namespace PicoKubelet.Hardware;

/// <summary>What a kind of board reports of itself and what it can bear.</summary>
public sealed class BoardProfile
{
    internal BoardProfile(string name, string targetPrefix, string arch, string instanceType, string cpu, string memory, string storage, int heapBytes)
    {
        Name = name;
        TargetPrefix = targetPrefix;
        Arch = arch;
        InstanceType = instanceType;
        Cpu = cpu;
        Memory = memory;
        EphemeralStorage = storage;
        HeapBytes = heapBytes;
    }

    /// <summary>Gets the profile's name, such as <c>pico-w</c>.</summary>
    public string Name { get; }

    /// <summary>Gets how the names of the CLR's build targets for this board begin.</summary>
    public string TargetPrefix { get; }

    /// <summary>Gets the value of <c>kubernetes.io/arch</c>.</summary>
    public string Arch { get; }

    /// <summary>Gets the value of <c>kubernetes.io/os</c>.</summary>
    public string Os => "linux";

    /// <summary>Gets the value of <c>node.kubernetes.io/instance-type</c>.</summary>
    public string InstanceType { get; }

    /// <summary>Gets the capacity's <c>cpu</c>, a Kubernetes quantity.</summary>
    public string Cpu { get; }

    /// <summary>Gets the capacity's <c>memory</c>, a Kubernetes quantity: the board's RAM.</summary>
    public string Memory { get; }

    /// <summary>Gets the capacity's <c>ephemeral-storage</c>, a Kubernetes quantity: the flash that the firmware image leaves to files.</summary>
    public string EphemeralStorage { get; }

    /// <summary>Gets the size of the managed heap that the board's firmware image usually leaves, in bytes.</summary>
    public int HeapBytes { get; }
}
