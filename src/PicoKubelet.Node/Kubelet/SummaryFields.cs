using System;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Kubelet;

/// <summary>Writes what the kubelet's Summary tells of the node and of its containers alike (k8s.io/kubelet/pkg/apis/stats/v1alpha1).</summary>
public static class SummaryFields
{
    /// <summary>Writes the CPU time.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="now">The time, or the default value.</param>
    /// <param name="milliseconds">The time taken, in milliseconds.</param>
    public static void WriteCpu(JsonWriter json, DateTime now, long milliseconds)
    {
        json.BeginObject("cpu");
        WriteTime(json, "time", now);
        json.Property("usageCoreNanoSeconds", milliseconds * 1000000);
        json.EndObject();
    }

    /// <summary>Writes the memory.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="now">The time, or the default value.</param>
    /// <param name="used">The bytes that are in use.</param>
    /// <param name="free">Those that are not, or -1 where that is not to be told.</param>
    public static void WriteMemory(JsonWriter json, DateTime now, long used, long free)
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

    /// <summary>Writes a time, or null.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="time">The time, or the default value where there is none.</param>
    public static void WriteTime(JsonWriter json, string name, DateTime time)
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
