namespace PicoKubelet.Pods;

/// <summary>A pod that this node is to run, as far as this node needs it. What it says does not change.</summary>
public sealed class PodSpec
{
    /// <summary>The grace of a pod that does not say one, seconds: the API server's default.</summary>
    public const int DefaultGrace = 30;

    /// <summary>Gets or sets its namespace.</summary>
    public string Namespace { get; set; }

    /// <summary>Gets or sets its name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets its uid.</summary>
    public string Uid { get; set; }

    /// <summary>Gets or sets the file of the board's storage that it is a static pod of, or null where the API server gave it.</summary>
    public string StaticFile { get; set; }

    /// <summary>Gets or sets when a container that ended is started again.</summary>
    public RestartPolicy RestartPolicy { get; set; }

    /// <summary>Gets or sets the seconds that it may be active, or 0 for no bound.</summary>
    public int ActiveDeadlineSeconds { get; set; }

    /// <summary>Gets or sets the seconds that its programs have to end.</summary>
    public int GraceSeconds { get; set; } = DefaultGrace;

    /// <summary>Gets or sets its priority: of those with less of it, the first ends where the board's memory is low.</summary>
    public int Priority { get; set; }

    /// <summary>Gets or sets its containers.</summary>
    public ContainerSpec[] Containers { get; set; }

    /// <summary>Gets the memory that it may take, bytes, with what a pod itself costs.</summary>
    public int MemoryBytes
    {
        get
        {
            int sum = PodLimits.PodOverhead;
            for (int i = 0; i < Containers.Length; i++)
            {
                sum += Containers[i].MemoryBytes;
            }

            return sum;
        }
    }

    /// <summary>Gets the memory that its containers asked for, bytes.</summary>
    public int RequestBytes
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < Containers.Length; i++)
            {
                sum += Containers[i].RequestBytes;
            }

            return sum;
        }
    }
}
