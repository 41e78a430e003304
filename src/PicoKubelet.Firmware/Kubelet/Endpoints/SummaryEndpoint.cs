using System;
using PicoKubelet.Hardware;
using PicoKubelet.Http.Server;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet.Endpoints;

/// <summary>The node's part of the kubelet's Summary (k8s.io/kubelet/pkg/apis/stats/v1alpha1). Fields that the board can not tell are optional there.</summary>
internal sealed class SummaryEndpoint : IEndpoint
{
    private readonly NodeVitals _vitals;
    private readonly IBoard _board;
    private readonly TimeKeeper _time;
    private readonly ServerStatistics _statistics;

    public SummaryEndpoint(NodeVitals vitals, IBoard board, TimeKeeper time, ServerStatistics statistics)
    {
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
        WriteTime(json, "startTime", started, hasTime);
        json.BeginObject("cpu");
        WriteTime(json, "time", now, hasTime);
        json.Property("usageCoreNanoSeconds", WorkTime.Milliseconds(_vitals.State, _statistics) * 1000000);
        json.EndObject();
        json.BeginObject("memory");
        WriteTime(json, "time", now, hasTime);
        json.Property("availableBytes", free);
        json.Property("usageBytes", total - free);
        json.Property("workingSetBytes", total - free);
        json.EndObject();
        json.EndObject();
        json.BeginArray("pods");
        json.EndArray();
        json.EndObject();
        answer.End();
    }

    private static void WriteTime(JsonWriter json, string name, DateTime time, bool hasTime)
    {
        if (hasTime)
        {
            Timestamp.WriteProperty(json, name, time);
            return;
        }

        json.Name(name);
        json.Null();
    }
}
