namespace PicoKubelet.Pods;

/// <summary>What a pod says of one of its containers, as far as this node needs it.</summary>
public sealed class ContainerSpec
{
    /// <summary>Gets or sets its name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets its image.</summary>
    public string Image { get; set; }

    /// <summary>Gets or sets command and arguments, the program's path first.</summary>
    public string[] Arguments { get; set; }

    /// <summary>Gets or sets its environment.</summary>
    public EnvironmentVariable[] Environment { get; set; }

    /// <summary>Gets or sets the ConfigMap that its program lies in, or null where nothing is mounted at the program's path.</summary>
    public string ProgramConfigMap { get; set; }

    /// <summary>Gets or sets the program's key in that ConfigMap.</summary>
    public string ProgramKey { get; set; }

    /// <summary>Gets or sets the limit of its memory, bytes.</summary>
    public int MemoryBytes { get; set; }

    /// <summary>Gets or sets the limit of its share of the interpreter's time, in thousandths, or 0 for a fair share.</summary>
    public int CpuThousandths { get; set; }

    /// <summary>Gets or sets the pins that it may use, a bit each.</summary>
    public ulong Pins { get; set; }
}
