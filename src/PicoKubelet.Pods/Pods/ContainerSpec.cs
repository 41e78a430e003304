using PicoKubelet.Probes;
using PicoKubelet.Programs;
using PicoKubelet.Settings;

namespace PicoKubelet.Pods;

/// <summary>What a pod says of one of its containers, as far as this node needs it.</summary>
public sealed class ContainerSpec
{
    /// <summary>Gets or sets its name.</summary>
    public string Name { get; set; }

    /// <summary>Gets or sets its image.</summary>
    public string Image { get; set; }

    /// <summary>Gets or sets whether its program is the image, and none of a ConfigMap.</summary>
    public bool IsImage { get; set; }

    /// <summary>Gets or sets when the image is asked for.</summary>
    public ImagePullPolicy PullPolicy { get; set; }

    /// <summary>Gets or sets command and arguments, the program's path first.</summary>
    public string[] Arguments { get; set; }

    /// <summary>Gets or sets its environment.</summary>
    public EnvironmentVariable[] Environment { get; set; }

    /// <summary>Gets or sets the ConfigMap that its program lies in, or null where nothing is mounted at the program's path.</summary>
    public string ProgramConfigMap { get; set; }

    /// <summary>Gets or sets the program's key in that ConfigMap.</summary>
    public string ProgramKey { get; set; }

    /// <summary>Gets or sets the file of the board's storage that its program is, of a static pod alone, or null.</summary>
    public string ProgramFile { get; set; }

    /// <summary>Gets or sets the ConfigMaps that it mounts, with what of them is here; null where there are none, or its program opens no files.</summary>
    public MountedConfigMap[] Mounts { get; set; }

    /// <summary>Gets or sets the limit of its memory, bytes.</summary>
    public int MemoryBytes { get; set; }

    /// <summary>Gets or sets the memory that it asked for, bytes.</summary>
    public int RequestBytes { get; set; }

    /// <summary>Gets or sets the limit of its share of the interpreter's time, in thousandths, or 0 for a fair share.</summary>
    public int CpuThousandths { get; set; }

    /// <summary>Gets or sets what of the board its limits name, or null where they name nothing.</summary>
    public ExtendedResources Resources { get; set; }

    /// <summary>Gets or sets its startup probe, or null.</summary>
    public ProbeSpec StartupProbe { get; set; }

    /// <summary>Gets or sets its liveness probe, or null.</summary>
    public ProbeSpec LivenessProbe { get; set; }

    /// <summary>Gets or sets its readiness probe, or null.</summary>
    public ProbeSpec ReadinessProbe { get; set; }

    /// <summary>Forgets what is mounted where the program opens no files: nothing of it is transferred then.</summary>
    internal void NoteProgram(ProgramBytes program)
    {
        Mounts = Mounts != null && program.Imports("path_open") ? Mounts : null;
    }
}
