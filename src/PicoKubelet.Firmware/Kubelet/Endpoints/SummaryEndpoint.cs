using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The kubelet's Summary (k8s.io/kubelet/pkg/apis/stats/v1alpha1). Fields that the board can not tell are optional there.</summary>
internal sealed class SummaryEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly IBoard _board;
    private readonly TimeKeeper _time;
    private readonly ServerStatistics _statistics;
    private readonly IPodProvider _pods;

    /// <summary>Initializes the endpoint.</summary>
    /// <param name="vitals">What the node knows of itself.</param>
    /// <param name="board">The board.</param>
    /// <param name="time">The time of day.</param>
    /// <param name="statistics">What was served.</param>
    /// <param name="pods">What runs pods, or null on a node that runs none.</param>
    public SummaryEndpoint(NodeVitals vitals, IBoard board, TimeKeeper time, ServerStatistics statistics, IPodProvider pods)
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
        SummaryFields.WriteTime(json, "startTime", started);
        SummaryFields.WriteCpu(json, now, WorkTime.Milliseconds(_vitals.State, _statistics));
        SummaryFields.WriteMemory(json, now, total - free, free);
        json.EndObject();
        json.BeginArray("pods");
        _pods?.WriteSummary(answer, now);
        json.EndArray();
        json.EndObject();
        answer.End();
    }
}
