using System;
using System.Collections;
using System.Text;
using PicoKubelet.Network;
using PicoKubelet.Tests.Api;

namespace PicoKubelet.Tests.Fakes;

/// <summary>An API server that knows one Node and its Lease, and that fails as it is told to.</summary>
internal sealed class FakeApiServer : IConnector
{
    private readonly ManualClock _clock;
    private readonly ArrayList _requests = new ArrayList();
    private readonly Hashtable _replies = new Hashtable();
    private int _uids;

    public FakeApiServer(ManualClock clock)
    {
        _clock = clock;
    }

    /// <summary>The Node's uid, or null where there is no Node.</summary>
    public string Uid { get; set; }

    /// <summary>What else the Node's metadata has: members, each with a comma in front.</summary>
    public string Metadata { get; set; } = "";

    /// <summary>The Node's resourceVersion, which goes up with each write of the board; 0 for a server that tells none.</summary>
    public int Version { get; set; }

    /// <summary>The Node's taints.</summary>
    public string Taints { get; set; } = "[]";

    /// <summary>How often the Node's metadata alone was asked for. These looks are not among the requests: nearly every test would see them.</summary>
    public int Looks { get; private set; }

    /// <summary>The Node's status.</summary>
    public string Status { get; set; } = "{}";

    /// <summary>Whether a Node that is created with a status has it.</summary>
    public bool KeepsStatus { get; set; }

    public bool HasLease { get; set; }

    /// <summary>Whether the Lease's namespace is there.</summary>
    public bool HasLeaseNamespace { get; set; } = true;

    /// <summary>The ConfigMap, or null where there is none.</summary>
    public string ConfigMap { get; set; }

    /// <summary>How long each reply takes, in milliseconds; what it answers is done all the same where nobody waits that long.</summary>
    public int Delay { get; set; }

    /// <summary>Whether nothing listens.</summary>
    public bool IsDown { get; set; }

    /// <summary>Told the kind of each request once its answer is made.</summary>
    public ServedAction Served { get; set; }

    /// <summary>What all requests are answered, whole; null for what is right.</summary>
    public string Everything { get; set; }

    /// <summary>The value of the header Date, or null.</summary>
    public string Date { get; set; }

    public int Connects { get; private set; }

    public int OpenConnections { get; internal set; }

    public int Count => _requests.Count;

    public RecordedRequest Last => Get(Count - 1);

    public RecordedRequest Get(int index)
    {
        return (RecordedRequest)_requests[index];
    }

    /// <summary>Answers one kind of request, until it is told otherwise with null.</summary>
    public void Answer(string kind, string reply)
    {
        if (reply == null)
        {
            _replies.Remove(kind);
        }
        else
        {
            _replies[kind] = reply;
        }
    }

    /// <summary>The kinds of the requests from one on, in their order.</summary>
    public string Kinds(int from = 0)
    {
        StringBuilder kinds = new StringBuilder();
        for (int i = from; i < Count; i++)
        {
            kinds.Append(i == from ? "" : " ");
            kinds.Append(Get(i).Kind);
        }

        return kinds.ToString();
    }

    public int CountOf(string kind, int from = 0)
    {
        int count = 0;
        for (int i = from; i < Count; i++)
        {
            count += Get(i).Kind == kind ? 1 : 0;
        }

        return count;
    }

    /// <summary>The last request of a kind.</summary>
    public RecordedRequest LastOf(string kind)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (Get(i).Kind == kind)
            {
                return Get(i);
            }
        }

        return null;
    }

    public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
    {
        Connects++;
        if (IsDown)
        {
            throw new ConnectException(ConnectPhase.Connect, "refused");
        }

        OpenConnections++;
        return new FakeApiConnection(this);
    }

    /// <summary>Lets the time pass that a reply takes.</summary>
    /// <returns>Whether it came within the bound.</returns>
    public bool Wait(int timeout)
    {
        _clock.Advance(Delay < timeout ? Delay : timeout);
        return Delay <= timeout;
    }

    /// <summary>Answers a request.</summary>
    /// <returns>The reply, or null to close the connection.</returns>
    public string Handle(string text)
    {
        RecordedRequest request = new RecordedRequest(_clock.Milliseconds, text);
        if (request.Kind == "look")
        {
            Looks++;
        }
        else
        {
            _requests.Add(request);
        }

        if (!request.IsAuthorized)
        {
            throw new InvalidOperationException("no token");
        }

        if (IsDown)
        {
            return null;
        }

        string reply = Everything ?? (string)_replies[request.Kind] ?? Right(request);
        Served?.Invoke(request.Kind);
        return reply;
    }

    private string Right(RecordedRequest request)
    {
        switch (request.Kind)
        {
            case "get":
                return Uid == null ? Gone() : Reply("200 OK", Node(true));
            case "create":
                return CreateNode(request);
            case "look":
                return Uid == null ? Gone() : Reply("200 OK", Node(false));
            case "taint":
            case "labels":
            case "status":
                return Uid == null ? Gone() : Write(request);
            case "lease":
                return HasLease ? Reply("200 OK", "{\"metadata\":{\"name\":\"pico-node-1\"}}") : Gone();
            case "create-lease":
                return CreateLease();
            case "configmap":
            case "configmap-metadata":
                return ConfigMap == null ? Gone() : Reply("200 OK", ConfigMap);
            case "create-event":
                return Reply("201 Created", "{}");
            case "raise-event":
                return Reply("200 OK", "{}");
            default:
                return Reply("200 OK", "{\"major\":\"1\"}");
        }
    }

    private string Write(RecordedRequest request)
    {
        int version = request.Body.IndexOf(request.Kind == "taint" ? "/metadata/resourceVersion" : "\"resourceVersion\"");
        if (version >= 0 && !request.Body.Substring(version).Contains("\"" + Version.ToString() + "\""))
        {
            return request.Kind == "taint"
                ? Replies.Failure("422 Unprocessable Entity", "Invalid", "the server rejected our request due to an error in our request")
                : Replies.Failure("409 Conflict", "Conflict", "the object has been modified");
        }

        Version += Version > 0 ? 1 : 0;
        return Reply("200 OK", Node(false));
    }

    private string CreateNode(RecordedRequest request)
    {
        if (Uid != null)
        {
            return Replies.Failure("409 Conflict", "AlreadyExists", "nodes already exists");
        }

        Uid = "uid-" + (++_uids).ToString();
        if (!KeepsStatus)
        {
            return Reply("201 Created", Node(false));
        }

        int status = request.Body.IndexOf(",\"status\":") + 10;
        Status = request.Body.Substring(status, request.Body.Length - status - 1);
        return Reply("201 Created", Node(true));
    }

    private string CreateLease()
    {
        if (!HasLeaseNamespace)
        {
            return Replies.Failure("404 Not Found", "NotFound", "namespaces kube-node-lease not found");
        }

        if (HasLease)
        {
            return Replies.Failure("409 Conflict", "AlreadyExists", "leases already exists");
        }

        HasLease = true;
        return Reply("201 Created", "{}");
    }

    private string Node(bool isWhole)
    {
        return "{\"kind\":\"Node\",\"metadata\":{\"name\":\"pico-node-1\",\"uid\":\"" + Uid + "\"" + (Version > 0 ? ",\"resourceVersion\":\"" + Version.ToString() + "\"" : "") + Metadata
            + "},\"spec\":{\"x\":[{}],\"taints\":" + Taints + "}"
            + (isWhole ? ",\"status\":" + Status : "") + "}";
    }

    private string Reply(string status, string body)
    {
        return Replies.Of(status, "Content-Type: application/json\r\n" + (Date == null ? "" : "Date: " + Date + "\r\n"), body);
    }

    private static string Gone()
    {
        return Replies.Failure("404 Not Found", "NotFound", "not found");
    }
}
