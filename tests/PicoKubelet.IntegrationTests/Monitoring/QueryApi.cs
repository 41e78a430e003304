using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Monitoring;

/// <summary>A server with Prometheus' HTTP API, started on a port of its own.</summary>
internal sealed partial class QueryApi : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly RunningProgram _program;
    private readonly HttpClient _client;

    private QueryApi(RunningProgram program, int port)
    {
        _program = program;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
    }

    /// <summary>Starts Prometheus. Without it the test is inconclusive.</summary>
    /// <param name="folder">The folder with its configuration, where its data go too.</param>
    /// <param name="configuration">The configuration's name.</param>
    public static async Task<QueryApi> StartPrometheusAsync(PrometheusFolder folder, string configuration)
    {
        string path = ExternalProgram.Find("prometheus") ?? throw new AssertInconclusiveException("Prometheus is not installed; that it scrapes boards is left out.");
        RunningProgram program = new(
            path,
            [
                "--config.file=" + folder.PathOf(configuration),
                "--storage.tsdb.path=" + folder.PathOf("data"),
                "--web.listen-address=127.0.0.1:0",
            ]);
        return await StartAsync(program, PrometheusPort());
    }

    /// <summary>Starts VictoriaMetrics, which reads Prometheus' configuration. Without it the test is inconclusive.</summary>
    /// <param name="folder">The folder with its configuration, where its data go too.</param>
    /// <param name="configuration">The configuration's name.</param>
    /// <param name="port">The port to listen on: it does not say which one it picked.</param>
    public static async Task<QueryApi> StartVictoriaMetricsAsync(PrometheusFolder folder, string configuration, int port)
    {
        string path = ExternalProgram.Find("victoria-metrics")
            ?? throw new AssertInconclusiveException("VictoriaMetrics is not installed; that boards are found by kubernetes_sd_configs is left out.");
        RunningProgram program = new(
            path,
            [
                "-promscrape.config=" + folder.PathOf(configuration),
                "-promscrape.config.strictParse=false",
                "-promscrape.kubernetesSDCheckInterval=1s",
                "-storageDataPath=" + folder.PathOf("data"),
                "-httpListenAddr=127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture),
                "-memory.allowedBytes=64MB",
            ]);
        return await StartAsync(program, VictoriaMetricsPort());
    }

    /// <summary>Reads a path of the API.</summary>
    /// <returns>The answer's data.</returns>
    public async Task<JsonNode> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        JsonNode? answer = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        Assert.AreEqual("success", answer?.Text("status"), $"{Uri.UnescapeDataString(path)}: {text}");
        Assert.IsNull(answer!["warnings"], text);
        return answer["data"]!;
    }

    /// <summary>Asks for an expression's value now.</summary>
    /// <returns>The result's elements.</returns>
    public async Task<JsonArray> QueryAsync(string expression)
    {
        return (await GetAsync("/api/v1/query?query=" + Uri.EscapeDataString(expression)))["result"]!.AsArray();
    }

    /// <summary>Asks for the one value that an expression has now.</summary>
    public async Task<double> ValueAsync(string expression)
    {
        JsonArray result = await QueryAsync(expression);
        Assert.HasCount(1, result, expression);
        return double.Parse(result[0]!["value"]![1]!.GetValue<string>(), CultureInfo.InvariantCulture);
    }

    /// <summary>Finds the target of a board.</summary>
    /// <returns>The target, which must be there.</returns>
    public async Task<JsonNode> TargetAsync(string node)
    {
        JsonArray targets = (await GetAsync("/api/v1/targets?state=active"))["activeTargets"]!.AsArray();
        JsonNode? found = targets.SingleOrDefault(target => target!.Text("labels", "node") == node);
        Assert.IsNotNull(found, $"no target of {node} in {targets.ToJsonString()}\n{_program.Output}");
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _program.DisposeAsync();
    }

    private static async Task<QueryApi> StartAsync(RunningProgram program, Regex port)
    {
        try
        {
            QueryApi api = new(program, int.Parse(await program.WaitForAsync(port, StartTime), CultureInfo.InvariantCulture));
            await Eventually.HoldsAsync(StartTime, () => api.QueryAsync("vector(1)"));
            return api;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    [GeneratedRegex(@"msg=""Listening on"" address=127\.0\.0\.1:(\d+)")]
    private static partial Regex PrometheusPort();

    [GeneratedRegex(@"starting http server at http://127\.0\.0\.1:(\d+)")]
    private static partial Regex VictoriaMetricsPort();
}
