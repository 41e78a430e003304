using System.Text.Json;
using System.Text.Json.Nodes;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>
/// Runs the examples of docs/kubelet-api.md. A block is marked <c>console</c> and in which state the board is: <c>alone</c>,
/// before it has joined a cluster, or <c>ready</c>. A line with <c>$</c> is a command; what follows is its answer, of text
/// that goes on its beginning.
/// </summary>
[TestClass]
public sealed class DocumentedExamplesTests : ClusterTests
{
    private const string Page = "docs/kubelet-api.md";
    private const string DocumentedAddress = "192.168.1.50:10250";

    private static readonly TimeSpan ProgramTime = TimeSpan.FromSeconds(30);

    /// <summary>Initializes a new instance.</summary>
    public DocumentedExamplesTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public void EachBlockOfCommandsIsRun()
    {
        string[] starts = [.. File.ReadLines(Repository.PathOf(Page)).Where(line => line.StartsWith("```console", StringComparison.Ordinal)).Distinct().Order()];

        CollectionAssert.AreEqual(new[] { "```console alone", "```console ready" }, starts);
    }

    [TestMethod]
    public async Task ABoardThatHasNotJoinedAnswersAsDocumented()
    {
        await using SimulatedBoard board = new(new BoardOptions
        {
            Name = NewName(),
            ApiServer = new Uri("http://127.0.0.1:9"),
            KubeletToken = KubeletClient.Token,
        });
        board.Start();
        await Eventually.HoldsAsync(JoinTime, async () => StringAssert.StartsWith(await GetReadinessAsync(board), "{\"error\":\"missing: registered"));

        await RunExamplesAsync(board, "alone");
    }

    [TestMethod]
    public async Task ABoardThatIsReadyAnswersAsDocumented()
    {
        string name = NewName();
        await Cluster.CreateAsync(
            $"/api/v1/namespaces/{BoardIdentities.Namespace}/configmaps",
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["data"] = new JsonObject { ["memory_values"] = "0=0x42,1=0x43", ["inputs"] = "door=14" } });
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(name, token, Cluster.Url, Cluster.CaPem, kubeletToken: KubeletClient.Token);
        await WaitUntilSteadyAsync(board);
        await Eventually.HoldsAsync(JoinTime, async () => StringAssert.Contains(await KubeletClient.GetBodyAsync(board, "/pico/memory"), "0x42"));

        await RunExamplesAsync(board, "ready");
    }

    private static async Task<string> GetReadinessAsync(SimulatedBoard board)
    {
        try
        {
            return await KubeletClient.GetBodyAsync(board, "/readyz");
        }
        catch (System.Net.Sockets.SocketException)
        {
            return "it does not listen yet";
        }
    }

    private static async Task RunExamplesAsync(SimulatedBoard board, string state)
    {
        if (ExternalProgram.Find("curl") is null || ExternalProgram.Find("sh") is null)
        {
            Assert.Inconclusive("curl or sh is not installed; the examples of the documentation are left out.");
        }

        Dictionary<string, string> environment = new() { ["TOKEN"] = KubeletClient.Token };
        foreach (List<(string Command, string Answer)> block in ReadBlocks(state))
        {
            string before = string.Empty;
            foreach ((string command, string expected) in block)
            {
                // curl without a terminal shows its progress.
                string script = command
                    .Replace(DocumentedAddress, $"{board.Address}:{board.KubeletPort}", StringComparison.Ordinal)
                    .Replace("curl ", "curl -sS ", StringComparison.Ordinal);
                if (expected.Length == 0)
                {
                    before += script + "\n";
                    continue;
                }

                ProgramResult result = await ExternalProgram.RunAsync("sh", ["-c", before + script], environment, ProgramTime);
                MustBeAsDocumented(command, expected, result);
                await Eventually.HoldsAsync(ProgramTime, async () =>
                    Assert.IsFalse((await KubeletClient.GetBodyAsync(board, "/pico/status")).Contains("\"state\":\"running\"", StringComparison.Ordinal)));
            }
        }
    }

    private static void MustBeAsDocumented(string command, string expected, ProgramResult result)
    {
        Assert.AreEqual(string.Empty, result.Error, command);
        string actual = result.Output.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!expected.StartsWith('{'))
        {
            StringAssert.StartsWith(actual + "\n", expected, command);
            return;
        }

        JsonNode document = JsonNode.Parse(expected)!;
        Assert.AreEqual(ShapeOf(document), ShapeOf(JsonNode.Parse(actual)!), $"{command}\n{actual}");
        if (document["error"] is not null)
        {
            Assert.AreEqual(expected.TrimEnd(), actual, command);
        }
    }

    /// <summary>A JSON value with the kinds of its values in place of these, which change from board to board.</summary>
    private static string ShapeOf(JsonNode? node)
    {
        return node switch
        {
            JsonObject fields => "{" + string.Join(',', fields.Select(field => $"{field.Key}:{ShapeOf(field.Value)}")) + "}",
            JsonArray items => "[" + string.Join(',', items.Select(ShapeOf)) + "]",
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValue value => value.GetValueKind().ToString(),
            null => "null",
            _ => throw new InvalidOperationException(node.ToJsonString()),
        };
    }

    private static IEnumerable<List<(string Command, string Answer)>> ReadBlocks(string state)
    {
        List<(string Command, string Answer)>? block = null;
        foreach (string line in File.ReadLines(Repository.PathOf(Page)))
        {
            if (line == "```console " + state)
            {
                block = [];
            }
            else if (line == "```" && block is not null)
            {
                yield return block;
                block = null;
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                block?.Add((line[2..], string.Empty));
            }
            else if (block is not null)
            {
                block[^1] = (block[^1].Command, block[^1].Answer + line + "\n");
            }
        }
    }
}
