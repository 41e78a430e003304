using System;
using PicoKubelet.Kubelet;
using PicoKubelet.Probes;
using PicoKubelet.Programs;

namespace PicoKubelet.Pods.Endpoints;

/// <summary>Writes what the pods' containers take, by the names that kubelets give it. Of one that does not run there is nothing to tell but its restarts.</summary>
internal static class PodMetrics
{
    private const int Cpu = 0;
    private const int Memory = 1;
    private const int Started = 2;
    private const int Restarts = 3;
    private const int Gauges = 4;
    private const int Counters = 5;
    private const int Probed = 6;

    private const string CpuHelp = "Time of the interpreter.";
    private const string MemoryHelp = "Managed heap of the program's code and of the memory that it has touched.";

    /// <summary>Writes what each running container takes.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods.</param>
    public static void WriteContainers(MetricsWriter metrics, PodTable pods)
    {
        metrics.Begin("container_cpu_usage_seconds_total", MetricsWriter.Counter, CpuHelp);
        WriteEach(metrics, pods, Cpu);
        metrics.Begin("container_memory_working_set_bytes", MetricsWriter.Gauge, MemoryHelp);
        WriteEach(metrics, pods, Memory);
        metrics.Begin("container_start_time_seconds", MetricsWriter.Gauge, "Unix time at which the container's program was started.");
        WriteEach(metrics, pods, Started);
    }

    /// <summary>Writes how often each container was started again, whether each pod that is not over is ready, and what programs report by themselves.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods.</param>
    public static void WriteReports(MetricsWriter metrics, PodTable pods)
    {
        metrics.Begin("container_restarts_total", MetricsWriter.Counter, "Times that the container was started again.");
        WriteEach(metrics, pods, Restarts);
        metrics.Begin("prober_probe_total", MetricsWriter.Counter, "Probes of the container, by their result.");
        WriteEach(metrics, pods, Probed);
        metrics.Begin("picokubelet_pod_ready", MetricsWriter.Gauge, "Whether the pod is ready.");
        int index = 0;
        Pod pod;
        while ((pod = pods.Next(ref index)) != null)
        {
            if (!pod.IsOver)
            {
                metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, null, pod.IsReady ? 1 : 0);
            }
        }

        metrics.Begin("picokubelet_program_gauge", MetricsWriter.Gauge, "What the container's program set by gauge_set, while it runs.");
        WriteEach(metrics, pods, Gauges);
        metrics.Begin("picokubelet_program_counter_total", MetricsWriter.Counter, "What the container's programs added by counter_add.");
        WriteEach(metrics, pods, Counters);
    }

    /// <summary>Writes what the containers of each pod take together.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods.</param>
    public static void WritePods(MetricsWriter metrics, PodTable pods)
    {
        metrics.Begin("pod_cpu_usage_seconds_total", MetricsWriter.Counter, CpuHelp);
        int index = 0;
        Pod pod;
        while ((pod = pods.Next(ref index)) != null)
        {
            if (IsRunning(pod))
            {
                metrics.SampleMilliOf(pod.Spec.Namespace, pod.Spec.Name, null, CpuOf(pod));
            }
        }

        metrics.Begin("pod_memory_working_set_bytes", MetricsWriter.Gauge, MemoryHelp);
        index = 0;
        while ((pod = pods.Next(ref index)) != null)
        {
            if (IsRunning(pod))
            {
                metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, null, pod.MemoryBytes);
            }
        }
    }

    /// <summary>Gets whether a container runs.</summary>
    public static bool IsRunning(Container container)
    {
        return container.State.Phase == ContainerPhase.Running;
    }

    /// <summary>Gets whether one of a pod's containers runs.</summary>
    public static bool IsRunning(Pod pod)
    {
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            if (IsRunning(pod.Containers[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gets the interpreter's time that a container took, in milliseconds.</summary>
    public static long CpuOf(Container container)
    {
        // What ran took some, however coarse the clock: metrics-server drops a pod with a container that took none.
        return container.CpuMilliseconds > 0 ? container.CpuMilliseconds : 1;
    }

    /// <summary>Gets the interpreter's time that a pod's containers took, in milliseconds.</summary>
    public static long CpuOf(Pod pod)
    {
        long sum = 0;
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            sum += CpuOf(pod.Containers[i]);
        }

        return sum;
    }

    private static void WriteEach(MetricsWriter metrics, PodTable pods, int what)
    {
        int index = 0;
        Pod pod;
        while ((pod = pods.Next(ref index)) != null)
        {
            for (int i = 0; i < pod.Containers.Length; i++)
            {
                Container container = pod.Containers[i];
                ContainerState state = container.State;
                if (what == Restarts)
                {
                    metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, container.RestartCount);
                }
                else if (what == Probed)
                {
                    WriteProbes(metrics, pod, container);
                }
                else if (what == Counters || (what == Gauges && state.Phase == ContainerPhase.Running))
                {
                    WriteReports(metrics, pod, container, what == Counters);
                }
                else if (state.Phase != ContainerPhase.Running)
                {
                    continue;
                }
                else if (what == Cpu)
                {
                    metrics.SampleMilliOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, CpuOf(container));
                }
                else if (what == Memory)
                {
                    metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, container.MemoryBytes);
                }
                else if (state.Started > DateTime.UnixEpoch)
                {
                    metrics.SampleMilliOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, (state.Started.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
                }
            }
        }
    }

    private static void WriteProbes(MetricsWriter metrics, Pod pod, Container container)
    {
        for (ProbeKind kind = ProbeKind.Startup; container.Probes != null && kind <= ProbeKind.Readiness; kind++)
        {
            Probe probe = container.Probes.Of(kind);
            if (probe != null)
            {
                // The kubelet's names.
                string labels = ",probe_type=\"" + ContainerProbes.NameOf(kind, true) + "\",result=\"";
                metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, probe.CountOf(true), labels + "successful\"");
                metrics.SampleOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, probe.CountOf(false), labels + "failed\"");
            }
        }
    }

    private static void WriteReports(MetricsWriter metrics, Pod pod, Container container, bool areCounters)
    {
        ProgramReports reports = container.Reports;
        for (int i = 0; reports != null && i < reports.Count; i++)
        {
            if (reports.IsShown(i) && reports.IsCounter(i) == areCounters)
            {
                metrics.SampleMilliOf(pod.Spec.Namespace, pod.Spec.Name, container.Spec.Name, reports.Thousandths(i), reports.NameOf(i));
            }
        }
    }
}
