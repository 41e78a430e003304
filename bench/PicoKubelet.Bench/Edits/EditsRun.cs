using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PicoKubelet.ApiServer;
using PicoKubelet.Bench.Reporting;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Edits;

/// <summary>How soon an edit of a ConfigMap that is watched is in force, over real sockets.</summary>
internal static class EditsRun
{
    private const string Name = "edits";
    private const string Address = "127.0.88.8";
    private const string Namespaces = "/api/v1/namespaces";
    private const string Maps = Namespaces + "/picokubelet/configmaps";

    // docs/configuration.md promises it.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Edits, again and again.</summary>
    /// <param name="edits">How often.</param>
    /// <param name="report">Where the table goes.</param>
    /// <returns>What does not hold.</returns>
    public static async Task<List<string>> RunAsync(int edits, Report report)
    {
        await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions { AdminToken = "admin" });
        using HttpClient admin = new() { BaseAddress = server.Url };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminToken);
        await SendAsync(admin, HttpMethod.Post, Namespaces, """{"metadata":{"name":"picokubelet"}}""", "application/json");
        await SendAsync(admin, HttpMethod.Post, Maps, $$$"""{"metadata":{"name":"{{{Name}}}"},"data":{"led":"on"}}""", "application/json");
        await using SimulatedBoard board = new(new BoardOptions
        {
            Name = Name,
            ApiServer = server.Url,
            Token = server.AdminToken,
            Address = Address,
            SettingsJson = """{"configMap":{"watch":true}}""",
        });
        board.Start();
        await AwaitAsync(board, isOn: true);

        List<double> times = [];
        for (int i = 0; i < edits; i++)
        {
            bool isOn = i % 2 == 1;
            Stopwatch watch = Stopwatch.StartNew();
            await SendAsync(admin, HttpMethod.Patch, $"{Maps}/{Name}", $$$"""{"data":{"led":"{{{(isOn ? "on" : "off")}}}"}}""", "application/merge-patch+json");
            await AwaitAsync(board, isOn);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        report.Text(string.Create(CultureInfo.InvariantCulture, $"From the beginning of the PATCH to the LED that it switches; at most {Bound.TotalMilliseconds:F0} ms."));
        report.Table(["edits", "fastest, ms", "median, ms", "slowest, ms"], [[Number(times.Count), Number(times[0]), Number(times[times.Count / 2]), Number(times[^1])]]);
        return times[^1] <= Bound.TotalMilliseconds ? [] : [string.Create(CultureInfo.InvariantCulture, $"an edit was in force after {times[^1]:F0} ms")];
    }

    private static async Task AwaitAsync(SimulatedBoard board, bool isOn)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); board.IsLedOn != isOn || board.State is not { IsRegistered: true };)
        {
            if (watch.Elapsed > Patience)
            {
                throw new TimeoutException("The edit is not in force: " + board.Log.LastOrDefault());
            }

            await Task.Delay(1);
        }
    }

    private static async Task SendAsync(HttpClient admin, HttpMethod method, string path, string body, string mediaType)
    {
        using HttpRequestMessage request = new(method, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        using HttpResponseMessage reply = await admin.SendAsync(request);
        if (reply.StatusCode != HttpStatusCode.Conflict)
        {
            reply.EnsureSuccessStatusCode();
        }
    }

    private static string Number(double number) => number.ToString("F0", CultureInfo.InvariantCulture);
}
