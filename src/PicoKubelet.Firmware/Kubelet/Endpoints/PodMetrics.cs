using System;
using PicoKubelet.Pods;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>Writes what the pods' containers take, by the names that kubelets give it. Of one that does not run there is nothing to tell but its restarts.</summary>
internal static class PodMetrics
{
    private const int Cpu = 0;
    private const int Memory = 1;
    private const int Started = 2;
    private const int Restarts = 3;

    private const string CpuHelp = "Time of the interpreter.";
    private const string MemoryHelp = "Managed heap of the program's code and of the memory that it has touched.";

    /// <summary>Writes what each running container takes.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods, or null for a node without room for any.</param>
    public static void WriteContainers(MetricsWriter metrics, PodTable pods)
    {
        if (pods != null)
        {
            metrics.Begin("container_cpu_usage_seconds_total", MetricsWriter.Counter, CpuHelp);
            WriteEach(metrics, pods, Cpu);
            metrics.Begin("container_memory_working_set_bytes", MetricsWriter.Gauge, MemoryHelp);
            WriteEach(metrics, pods, Memory);
            metrics.Begin("container_start_time_seconds", MetricsWriter.Gauge, "Unix time at which the container's program was started.");
            WriteEach(metrics, pods, Started);
        }
    }

    /// <summary>Writes how often each container was started again.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods, or null for a node without room for any.</param>
    public static void WriteRestarts(MetricsWriter metrics, PodTable pods)
    {
        if (pods != null)
        {
            metrics.Begin("container_restarts_total", MetricsWriter.Counter, "Times that the container was started again.");
            WriteEach(metrics, pods, Restarts);
        }
    }

    /// <summary>Writes what the containers of each pod take together.</summary>
    /// <param name="metrics">Where to.</param>
    /// <param name="pods">The pods, or null for a node without room for any.</param>
    public static void WritePods(MetricsWriter metrics, PodTable pods)
    {
        if (pods == null)
        {
            return;
        }

        metrics.Begin("pod_cpu_usage_seconds_total", MetricsWriter.Counter, CpuHelp);
        int index = 0;
        Pod pod;
        while ((pod = pods.Next(ref index)) != null)
        {
            if (IsRunning(pod))
            {
                metrics.SampleMilliOf(pod, null, CpuOf(pod));
            }
        }

        metrics.Begin("pod_memory_working_set_bytes", MetricsWriter.Gauge, MemoryHelp);
        index = 0;
        while ((pod = pods.Next(ref index)) != null)
        {
            if (IsRunning(pod))
            {
                metrics.SampleOf(pod, null, MemoryOf(pod));
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

    /// <summary>Gets the memory of a pod's containers, in bytes.</summary>
    public static long MemoryOf(Pod pod)
    {
        long sum = 0;
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            sum += pod.Containers[i].MemoryBytes;
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
                    metrics.SampleOf(pod, container, container.RestartCount);
                }
                else if (state.Phase != ContainerPhase.Running)
                {
                    continue;
                }
                else if (what == Cpu)
                {
                    metrics.SampleMilliOf(pod, container, CpuOf(container));
                }
                else if (what == Memory)
                {
                    metrics.SampleOf(pod, container, container.MemoryBytes);
                }
                else if (state.Started > DateTime.UnixEpoch)
                {
                    metrics.SampleMilliOf(pod, container, (state.Started.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond);
                }
            }
        }
    }
}
