using System;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Pods;

/// <summary>Writes what the node tells of pods (core/v1 Pod). The pods' gate is to be held where the document is to be of one moment.</summary>
public static class PodDocument
{
    /// <summary>Writes a strategic merge patch of a pod's status. The uid in it keeps it from another pod of the same name.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="address">The node's address.</param>
    public static void WritePatch(JsonWriter json, Pod pod, string address)
    {
        json.BeginObject();
        json.BeginObject("metadata");
        json.Property("uid", pod.ApiUid);
        json.EndObject();
        WriteStatus(json, pod, address, null);
        json.EndObject();
    }

    /// <summary>Writes a pod as an element of a list.</summary>
    /// <param name="answer">Where to.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="nodeName">The node's name.</param>
    /// <param name="address">The node's address, or null.</param>
    public static void WritePod(ServerAnswer answer, Pod pod, string nodeName, string address)
    {
        JsonWriter json = answer.Json;
        answer.Checkpoint();
        json.BeginObject();
        json.BeginObject("metadata");
        json.Property("name", pod.Spec.Name);
        json.Property("namespace", pod.Spec.Namespace);
        json.Property("uid", pod.Spec.Uid);
        if (pod.IsStatic)
        {
            json.BeginObject("annotations");
            MirrorPod.WriteAnnotations(json, pod);
            json.EndObject();
        }

        json.EndObject();
        answer.Checkpoint();
        json.BeginObject("spec");
        json.Property("nodeName", nodeName);
        json.Property("runtimeClassName", PodLimits.RuntimeClass);
        json.BeginArray("containers");
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            answer.Checkpoint();
            json.BeginObject();
            json.Property("name", pod.Containers[i].Spec.Name);
            json.Property("image", pod.Containers[i].Spec.Image);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        WriteStatus(json, pod, address, answer);
        json.EndObject();
    }

    /// <summary>Writes a pod's status as a member of the current object.</summary>
    private static void WriteStatus(JsonWriter json, Pod pod, string address, ServerAnswer answer)
    {
        answer?.Checkpoint();
        json.BeginObject("status");
        json.Property("phase", pod.Phase);
        if (pod.Reason != null)
        {
            json.Property("reason", pod.Reason);
            json.Property("message", pod.Message);
        }

        WriteConditions(json, pod, answer);
        if (address != null)
        {
            json.Property("hostIP", address);
            json.Property("podIP", address);
            json.BeginArray("podIPs");
            json.BeginObject();
            json.Property("ip", address);
            json.EndObject();
            json.EndArray();
        }

        Timestamp.WriteProperty(json, "startTime", pod.StartTime);
        json.BeginArray("containerStatuses");
        for (int i = 0; i < pod.Containers.Length; i++)
        {
            answer?.Checkpoint();
            WriteContainer(json, pod.Containers[i], pod);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WriteConditions(JsonWriter json, Pod pod, ServerAnswer answer)
    {
        string reason = pod.IsReady ? null : pod.Phase == PodPhase.Succeeded ? "PodCompleted" : "ContainersNotReady";
        answer?.Checkpoint();
        json.BeginArray("conditions");
        WriteCondition(json, "PodScheduled", true, pod.StartTime, null);
        WriteCondition(json, "Initialized", true, pod.StartTime, null);
        answer?.Checkpoint();
        WriteCondition(json, "ContainersReady", pod.IsReady, pod.LastTransition, reason);
        WriteCondition(json, "Ready", pod.IsReady, pod.LastTransition, reason);
        json.EndArray();
    }

    private static void WriteCondition(JsonWriter json, string type, bool isTrue, DateTime since, string reason)
    {
        json.BeginObject();
        json.Property("type", type);
        json.Property("status", isTrue ? "True" : "False");
        Timestamp.WriteProperty(json, "lastTransitionTime", since);

        // Null takes an earlier one away.
        json.Property("reason", reason);
        json.EndObject();
    }

    private static void WriteContainer(JsonWriter json, Container container, Pod pod)
    {
        json.BeginObject();
        json.Property("name", container.Spec.Name);
        json.Property("image", container.Spec.Image);
        json.Property("imageID", container.ImageId);
        json.Property("containerID", "wasm://" + pod.Spec.Uid + "/" + container.Spec.Name);
        json.Property("restartCount", container.RestartCount);
        json.Property("ready", container.IsReady && !pod.IsDeleting);
        json.Property("started", container.IsStarted);
        WriteState(json, "state", container.State);
        if (container.LastState != null && container.LastState != container.State)
        {
            WriteState(json, "lastState", container.LastState);
        }

        json.EndObject();
    }

    private static void WriteState(JsonWriter json, string name, ContainerState state)
    {
        json.BeginObject(name);
        if (state.Phase == ContainerPhase.Running)
        {
            json.BeginObject("running");
            Timestamp.WriteProperty(json, "startedAt", state.Started);
        }
        else
        {
            bool hasEnded = state.Phase == ContainerPhase.Terminated;
            json.BeginObject(hasEnded ? "terminated" : "waiting");
            if (hasEnded)
            {
                json.Property("exitCode", state.ExitCode);
                Timestamp.WriteProperty(json, "startedAt", state.Started);
                Timestamp.WriteProperty(json, "finishedAt", state.Finished);
            }

            json.Property("reason", state.Reason);
            if (state.Message != null)
            {
                json.Property("message", state.Message);
            }
        }

        json.EndObject();
        json.EndObject();
    }
}
