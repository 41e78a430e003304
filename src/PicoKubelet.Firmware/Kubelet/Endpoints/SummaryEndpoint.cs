using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Pods;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The kubelet's Summary (k8s.io/kubelet/pkg/apis/stats/v1alpha1). Fields that the board can not tell are optional there.</summary>
internal sealed class SummaryEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly IBoard _board;
    private readonly TimeKeeper _time;
    private readonly ServerStatistics _statistics;
    private readonly PodTable _pods;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="vitals">What the node knows of itself.</param>
    /// <param name="board">The board.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="statistics">What was served.</param>
    /// <param name="pods">The pods, or null for a node without room for any.</param>
    public SummaryEndpoint(NodeVitals vitals, IBoard board, TimeKeeper time, ServerStatistics statistics, PodTable pods)
    {
        _pods = pods;
        _vitals = vitals;
        _board = board;
        _time = time;
        _statistics = statistics;
    }

    public string Methods => Routes.Reading;

    public void Answer(ServerRequest request, ServerAnswer answer)
    {
        bool hasTime = _time.IsSet;
        DateTime now = hasTime ? _time.UtcNow : default(DateTime);
        DateTime started = hasTime ? now.AddMilliseconds(-_vitals.Uptime) : now;
        long total = _board.GetTotalHeap();
        long free = _vitals.State.FreeHeap;

        answer.Begin(HttpStatus.Ok, ServerAnswer.JsonType);
        JsonWriter json = answer.Json;
        json.BeginObject();
        json.BeginObject("node");
        json.Property("nodeName", _vitals.State.NodeName);
        WriteTime(json, "startTime", started);
        WriteCpu(json, now, WorkTime.Milliseconds(_vitals.State, _statistics));
        WriteMemory(json, now, total - free, free);
        json.EndObject();
        json.BeginArray("pods");
        int index = 0;
        Pod pod;
        while ((pod = _pods?.Next(ref index)) != null)
        {
            if (PodMetrics.IsRunning(pod))
            {
                WritePod(answer, pod, now);
            }
        }

        json.EndArray();
        json.EndObject();
        answer.End();
    }

    private static void WritePod(ServerAnswer answer, Pod pod, DateTime now)
    {
        JsonWriter json = answer.Json;
        answer.Checkpoint();
        json.BeginObject();
        json.BeginObject("podRef");
        json.Property("name", pod.Spec.Name);
        json.Property("namespace", pod.Spec.Namespace);
        json.Property("uid", pod.Spec.Uid);
        json.EndObject();
        WriteTime(json, "startTime", pod.StartTime);
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
                WriteTime(json, "startTime", state.Started);
                WriteCpu(json, now, PodMetrics.CpuOf(container));
                WriteMemory(json, now, container.MemoryBytes, -1);
                json.EndObject();
            }
        }

        json.EndArray();
        answer.Checkpoint();
        WriteCpu(json, now, PodMetrics.CpuOf(pod));
        WriteMemory(json, now, PodMetrics.MemoryOf(pod), -1);
        json.EndObject();
    }

    private static void WriteCpu(JsonWriter json, DateTime now, long milliseconds)
    {
        json.BeginObject("cpu");
        WriteTime(json, "time", now);
        json.Property("usageCoreNanoSeconds", milliseconds * 1000000);
        json.EndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="now">The time.</param>
    /// <param name="used">The bytes that are in use.</param>
    /// <param name="free">Those that are not, or -1 where that is not to be told.</param>
    private static void WriteMemory(JsonWriter json, DateTime now, long used, long free)
    {
        json.BeginObject("memory");
        WriteTime(json, "time", now);
        if (free >= 0)
        {
            json.Property("availableBytes", free);
        }

        json.Property("usageBytes", used);
        json.Property("workingSetBytes", used);
        json.EndObject();
    }

    private static void WriteTime(JsonWriter json, string name, DateTime time)
    {
        if (time != default(DateTime))
        {
            Timestamp.WriteProperty(json, name, time);
            return;
        }

        json.Name(name);
        json.Null();
    }
}
