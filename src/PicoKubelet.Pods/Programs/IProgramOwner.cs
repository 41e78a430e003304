using PicoKubelet.Events;

namespace PicoKubelet.Programs;

/// <summary>What a program belongs to. It keeps what outlives a run, and makes it where a program first uses it.</summary>
public interface IProgramOwner
{
    /// <summary>Gets the gauges and counters, which are made with the first of them.</summary>
    /// <returns>What keeps them.</returns>
    ProgramReports MakeReports();

    /// <summary>Gets what of ConfigMaps the program sees as files, or null where that is nothing.</summary>
    MountedConfigMap[] Mounts { get; }

    /// <summary>Gets what the program's Events are about, which is made with the first of them.</summary>
    /// <returns>The object.</returns>
    EventTarget MakeTarget();
}
