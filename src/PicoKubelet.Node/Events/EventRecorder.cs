using System;
using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Time;

namespace PicoKubelet.Events;

/// <summary>
/// Writes Kubernetes Events about the Node (core/v1). One that repeats the last of its reason raises that one's count. What is
/// recorded is sent later, one request at a time.
/// </summary>
public sealed class EventRecorder
{
    /// <summary>The type of what is as it should be.</summary>
    public const string Normal = "Normal";

    /// <summary>The type of what needs a look.</summary>
    public const string Warning = "Warning";

    // The namespace of Events about objects that are in none.
    private const string EventsPath = "/api/v1/namespaces/default/events";
    private const string HexDigits = "0123456789abcdef";
    private const int MaxReasons = 5;

    private readonly ApiClient _client;
    private readonly TimeKeeper _time;
    private readonly string _nodeName;
    private readonly RecordedEvent[] _events = new RecordedEvent[MaxReasons];
    private int _turn;

    /// <summary>Initializes the recorder.</summary>
    /// <param name="client">The client of the API server.</param>
    /// <param name="nodeName">The Node's name.</param>
    /// <param name="time">The time of day.</param>
    public EventRecorder(ApiClient client, string nodeName, TimeKeeper time)
    {
        _client = client;
        _nodeName = nodeName;
        _time = time;
    }

    /// <summary>Gets whether there is something to send.</summary>
    public bool HasPending => FindPending() >= 0;

    /// <summary>Records an event. At most five reasons are told apart.</summary>
    /// <param name="type"><see cref="Normal"/> or <see cref="Warning"/>.</param>
    /// <param name="reason">The reason, one word in CamelCase.</param>
    /// <param name="message">The message for people, at most 768 bytes.</param>
    public void Record(string type, string reason, string message)
    {
        RecordedEvent recorded = Find(reason);
        DateTime now = _time.UtcNow;
        if (recorded.Message != message)
        {
            recorded.Name = null;
            recorded.Type = type;
            recorded.Message = message;
            recorded.First = now;
            recorded.Count = 0;
        }

        recorded.Count++;
        recorded.Last = now;
        recorded.IsPending = true;
    }

    /// <summary>Sends one of the events that are to be sent; after a failure it is another one's turn.</summary>
    /// <returns>What became of it.</returns>
    public ApiResult Send()
    {
        int index = FindPending();
        RecordedEvent recorded = _events[index];
        ApiResult result = recorded.Name == null ? Create(recorded) : Raise(recorded);
        if (recorded.Name != null && result.Outcome == ApiOutcome.NotFound)
        {
            // Events live for an hour by default.
            recorded.Count = 1;
            recorded.First = recorded.Last;
            result = Create(recorded);
        }

        // What the API server does not want it will not want later either.
        recorded.IsPending = !result.IsOk && IsWorthARetry(result.Outcome);
        _turn = result.IsOk ? _turn : (index + 1) % MaxReasons;
        return result;
    }

    private static bool IsWorthARetry(ApiOutcome outcome)
    {
        switch (outcome)
        {
            case ApiOutcome.Forbidden:
            case ApiOutcome.Invalid:
            case ApiOutcome.Rejected:
            case ApiOutcome.NotFound:
            case ApiOutcome.TooLarge:
                return false;
            default:
                return true;
        }
    }

    private ApiResult Create(RecordedEvent recorded)
    {
        string name = MakeName(recorded.First);
        JsonWriter json = _client.Begin(Verb.Post, EventsPath, MediaType.Json);
        json.BeginObject();
        json.Property("apiVersion", "v1");
        json.Property("kind", "Event");
        json.BeginObject("metadata");
        json.Property("name", name);
        json.Property("namespace", "default");
        json.EndObject();
        WriteInvolvedObject(json);
        json.Property("type", recorded.Type);
        json.Property("reason", recorded.Reason);
        json.Property("message", recorded.Message);
        json.BeginObject("source");
        json.Property("component", "picokubelet");
        json.Property("host", _nodeName);
        json.EndObject();
        Timestamp.WriteProperty(json, "firstTimestamp", recorded.First);
        Timestamp.WriteProperty(json, "lastTimestamp", recorded.Last);
        json.Property("count", recorded.Count);
        json.EndObject();
        ApiResult result = _client.Send(null);

        // AlreadyExists: this one, before its reply was lost.
        if (result.IsOk || result.Outcome == ApiOutcome.AlreadyExists)
        {
            result.Outcome = ApiOutcome.Ok;
            recorded.Name = name;
        }

        return result;
    }

    private ApiResult Raise(RecordedEvent recorded)
    {
        JsonWriter json = _client.Begin(Verb.Patch, EventsPath + "/" + recorded.Name, MediaType.MergePatch);
        json.BeginObject();
        Timestamp.WriteProperty(json, "lastTimestamp", recorded.Last);
        json.Property("count", recorded.Count);
        json.EndObject();
        return _client.Send(null);
    }

    private void WriteInvolvedObject(JsonWriter json)
    {
        json.BeginObject("involvedObject");
        json.Property("kind", "Node");
        json.Property("name", _nodeName);

        // The name, as the kubelet does: older versions of kubectl describe node look for nothing else.
        json.Property("uid", _nodeName);
        json.EndObject();
    }

    /// <summary>Makes a name that no other event has, as client-go does: the object's, and the time in hexadecimal digits.</summary>
    private string MakeName(DateTime time)
    {
        char[] digits = new char[16];
        long rest = time.Ticks;
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = HexDigits[(int)(rest & 15)];
            rest >>= 4;
        }

        return _nodeName + "." + new string(digits);
    }

    private RecordedEvent Find(string reason)
    {
        int index = 0;
        while (index < MaxReasons - 1 && _events[index] != null && _events[index].Reason != reason)
        {
            index++;
        }

        if (_events[index] == null || _events[index].Reason != reason)
        {
            _events[index] = new RecordedEvent(reason);
        }

        return _events[index];
    }

    private int FindPending()
    {
        for (int i = 0; i < MaxReasons; i++)
        {
            int index = (_turn + i) % MaxReasons;
            if (_events[index] != null && _events[index].IsPending)
            {
                return index;
            }
        }

        return -1;
    }
}
