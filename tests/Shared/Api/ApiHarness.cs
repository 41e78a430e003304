using PicoKubelet.Api;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Api;

/// <summary>A client and the connections that it will get.</summary>
internal sealed class ApiHarness
{
    public const string Token = "eyJhbGciOi.s3cr3t-T0ken";
    public const int Timeout = 8000;

    public ApiHarness(ManualClock clock, params object[] connections)
        : this("https://api.example:6443", clock, connections)
    {
    }

    private ApiHarness(string url, ManualClock clock, object[] connections)
    {
        Clock = clock;
        Connector = new FakeConnector(connections);
        Client = new ApiClient(Connector, ApiEndpoint.Parse(url), Token, clock, Timeout);
    }

    public ManualClock Clock { get; }

    public FakeConnector Connector { get; }

    public ApiClient Client { get; }

    /// <summary>A client with one connection that gives these replies.</summary>
    public static ApiHarness WithReplies(params string[] replies)
    {
        ManualClock clock = new ManualClock();
        return new ApiHarness(clock, new FakeConnection(clock, replies));
    }

    /// <summary>A client of plain HTTP with one connection that gives these replies.</summary>
    public static ApiHarness PlainWithReplies(params string[] replies)
    {
        ManualClock clock = new ManualClock();
        return new ApiHarness("http://proxy.example:8080", clock, new object[] { new FakeConnection(clock, replies) });
    }

    public ApiResult Get()
    {
        return Client.Get("/api/v1/nodes/a", ReplyForm.Whole, null);
    }

    public ApiResult Patch()
    {
        JsonWriter json = Client.Begin(Verb.Patch, "/api/v1/nodes/a", MediaType.MergePatch);
        json.BeginObject();
        json.Property("a", 1);
        json.EndObject();
        return Client.Send(null);
    }

    public static string NameOf(ApiOutcome outcome)
    {
        return outcome switch
        {
            ApiOutcome.Ok => "Ok",
            ApiOutcome.NotFound => "NotFound",
            ApiOutcome.AlreadyExists => "AlreadyExists",
            ApiOutcome.Conflict => "Conflict",
            ApiOutcome.Unauthorized => "Unauthorized",
            ApiOutcome.Forbidden => "Forbidden",
            ApiOutcome.Invalid => "Invalid",
            ApiOutcome.Rejected => "Rejected",
            ApiOutcome.TooManyRequests => "TooManyRequests",
            ApiOutcome.ServerError => "ServerError",
            ApiOutcome.Unreachable => "Unreachable",
            ApiOutcome.Broken => "Broken",
            ApiOutcome.Timeout => "Timeout",
            ApiOutcome.Garbled => "Garbled",
            _ => "TooLarge",
        };
    }
}
