using System;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Kubelet;

namespace PicoKubelet.Pods.Endpoints;

/// <summary>Writes what the kubelet's Summary tells of a pod.</summary>
internal static class PodSummary
{
    /// <summary>Writes a pod.</summary>
    /// <param name="answer">Where to.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="now">The time, or the default value.</param>
    public static void WritePod(ServerAnswer answer, Pod pod, DateTime now)
    {
        JsonWriter json = answer.Json;
        answer.Checkpoint();
        json.BeginObject();
        json.BeginObject("podRef");
        json.Property("name", pod.Spec.Name);
        json.Property("namespace", pod.Spec.Namespace);
        json.Property("uid", pod.Spec.Uid);
        json.EndObject();
        SummaryFields.WriteTime(json, "startTime", pod.StartTime);
        json.BeginArray("containers");
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            Container container = pod.Containers[i];
            ContainerState state = container.State;
            if (state.Phase == ContainerPhase.Running)
            {
                answer.Checkpoint();
                json.BeginObject();
                json.Property("name", container.Spec.Name);
                SummaryFields.WriteTime(json, "startTime", state.Started);
                SummaryFields.WriteCpu(json, now, PodMetrics.CpuOf(container));
                SummaryFields.WriteMemory(json, now, container.MemoryBytes, -1);
                json.EndObject();
            }
        }

        json.EndArray();
        answer.Checkpoint();
        SummaryFields.WriteCpu(json, now, PodMetrics.CpuOf(pod));
        SummaryFields.WriteMemory(json, now, pod.MemoryBytes, -1);
        json.EndObject();
    }
}
