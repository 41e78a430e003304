using System;
using PicoKubelet.Hardware;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Text;

namespace PicoKubelet.Node;

/// <summary>What does not change about the Node while the device runs: its name, labels, capacity and system information.</summary>
public sealed class NodeDescription
{
    /// <summary>Initializes the description.</summary>
    /// <param name="settings">The device's settings.</param>
    /// <param name="profile">The board's profile.</param>
    /// <param name="board">The board.</param>
    /// <param name="mac">The MAC address, six bytes.</param>
    /// <param name="storageBytes">The size of the device's storage, or 0 where it is not known.</param>
    /// <param name="boot">How often and why the board was started.</param>
    public NodeDescription(DeviceSettings settings, BoardProfile profile, IBoard board, byte[] mac, long storageBytes, BootRecord boot)
    {
        string macText = Hex.ToText(mac);
        Name = settings.NodeName ?? "pico-" + macText.Substring(6);
        Os = settings.Os ?? profile.Os;
        Arch = settings.Arch ?? profile.Arch;
        Cpu = profile.Cpu;
        Memory = profile.Memory;
        AllocatableMemory = Memory;
        EphemeralStorage = storageBytes > 0 ? MakeQuantity(storageBytes / 1024) : profile.EphemeralStorage;
        Gateway = settings.KubeletAnnounceAddress;
        KubeletPort = Gateway == null ? settings.KubeletPort : settings.KubeletAnnouncePort;

        MachineId = "00000000000000000000" + macText;
        SystemUuid = "00000000-0000-0000-0000-" + macText;
        BootId = MakeBootId(boot.Boots, macText);
        BootReason = boot.LastReason;
        KernelVersion = board.RuntimeVersion;
        OsImage = ".NET nanoFramework (" + board.TargetName + ")";

        // The field must be <name>://<version>. What runs programs here is the CLR.
        ContainerRuntimeVersion = "nanoclr://" + board.RuntimeVersion;
        Labels = MakeLabels(settings, profile);
    }

    /// <summary>Gets the Node's name.</summary>
    public string Name { get; }

    /// <summary>Gets the labels that the node sets on itself.</summary>
    public Labels Labels { get; }

    /// <summary>Gets the capacity's cpu, a Kubernetes quantity.</summary>
    public string Cpu { get; }

    /// <summary>Gets the capacity's memory, a Kubernetes quantity.</summary>
    public string Memory { get; }

    /// <summary>Gets the allocatable memory, a Kubernetes quantity: what pods may take, and where there is none for them, the capacity's.</summary>
    public string AllocatableMemory { get; private set; }

    /// <summary>Gets the capacity of pods.</summary>
    public string Pods { get; private set; } = "0";

    /// <summary>Gets the extended resources that pods may ask for, or null where there is no room for pods.</summary>
    public ExtendedResources PodResources { get; private set; }

    /// <summary>Gets the capacity's ephemeral-storage, a Kubernetes quantity.</summary>
    public string EphemeralStorage { get; }

    /// <summary>Gets the address of what passes the node's own API on, or null where the board's own address is the node's.</summary>
    public string Gateway { get; }

    /// <summary>Gets the port at which the node's own API is reached, the gateway's where there is one.</summary>
    public int KubeletPort { get; }

    /// <summary>Gets 32 hexadecimal digits made from the MAC address, as machine-id(5) has them.</summary>
    public string MachineId { get; }

    /// <summary>Gets a UUID whose node part is the MAC address.</summary>
    public string SystemUuid { get; }

    /// <summary>Gets a UUID that is new at each boot: made of the boot's number, chance, and the MAC address.</summary>
    public string BootId { get; }

    /// <summary>Gets why the board was started.</summary>
    public string BootReason { get; }

    /// <summary>Gets the version of the nanoFramework CLR.</summary>
    public string KernelVersion { get; }

    /// <summary>Gets the system's name and the CLR's build target.</summary>
    public string OsImage { get; }

    /// <summary>Gets the CLR's version in the form that the field requires.</summary>
    public string ContainerRuntimeVersion { get; }

    /// <summary>Gets the operating system.</summary>
    public string Os { get; }

    /// <summary>Gets the architecture.</summary>
    public string Arch { get; }

    /// <summary>Offers room for pods. Before the Node is registered.</summary>
    /// <param name="pods">How many.</param>
    /// <param name="memoryBytes">The memory of all of them together, whole KiB.</param>
    /// <param name="resources">The extended resources that they may ask for.</param>
    public void OfferPods(int pods, int memoryBytes, ExtendedResources resources)
    {
        Pods = pods.ToString();
        AllocatableMemory = pods == 0 ? Memory : MakeQuantity(memoryBytes / 1024);
        PodResources = pods == 0 ? null : resources;
    }

    /// <summary>Gets whether pods may ask for a resource.</summary>
    /// <param name="resource">One of <see cref="ExtendedResources"/>.</param>
    /// <returns>Whether they may.</returns>
    public bool Offers(int resource)
    {
        return PodResources != null && PodResources.Has(resource);
    }

    private Labels MakeLabels(DeviceSettings settings, BoardProfile profile)
    {
        Labels labels = new Labels(6 + settings.Labels.Count);
        labels.Set("kubernetes.io/hostname", Name);
        labels.Set("kubernetes.io/os", Os);
        labels.Set("kubernetes.io/arch", Arch);
        labels.Set("node.kubernetes.io/instance-type", settings.InstanceType ?? profile.InstanceType);
        labels.Set("picokubelet.io/board", profile.Name);

        // What the RuntimeClass selects boards by.
        labels.Set(NodeDocument.TaintKey, "true");
        for (int i = 0; i < settings.Labels.Count; i++)
        {
            labels.Set(settings.Labels.Key(i), settings.Labels.Value(i));
        }

        return labels;
    }

    /// <summary>Makes a UUID of version 8 (RFC 9562), whose bits are the maker's own.</summary>
    private static string MakeBootId(int boots, string macText)
    {
        // The number, since a device's chance begins with its clock, and that at the same time at each start; chance, in case the number was lost.
        string chance = Guid.NewGuid().ToString();
        byte[] number = new byte[] { (byte)(boots >> 24), (byte)(boots >> 16), (byte)(boots >> 8), (byte)boots };
        return Hex.ToText(number) + chance.Substring(8, 6) + "8" + chance.Substring(15, 9) + macText;
    }

    /// <summary>Writes a size as the API server does, which gives it back in the largest unit that leaves it whole.</summary>
    private static string MakeQuantity(long kibibytes)
    {
        return kibibytes % 1024 == 0 ? (kibibytes / 1024).ToString() + "Mi" : kibibytes.ToString() + "Ki";
    }
}
