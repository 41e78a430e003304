using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PicoKubelet.Logging;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A server that sends back whatever secret it ever saw, in every text that a board reads of it; nothing of them may come out.</summary>
[TestClass]
public class SecretsTests
{
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0LWFwaS10b2tlbg.Zm9yLXRoZS1ib2FyZA";
    private const string PortToken = "kubelet-port-t0ken-7f3a9c";
    private static readonly string[] Secrets = [Token, PortToken];

    [TestMethod]
    [DataRow("403", "application/json")]
    [DataRow("409", "application/json")]
    [DataRow("422", "application/json")]
    [DataRow("500", "application/json")]
    [DataRow("302", "application/json")]
    [DataRow("200", "application/json")]
    [DataRow("200", "text/plain")]
    [DataRow("nonsense", "application/json")]
    public async Task NothingThatAServerSendsBackIsLoggedOrServed(string status, string type)
    {
        string all = string.Join(" ", Secrets);
        string body = new JsonObject
        {
            ["kind"] = "Status",
            ["reason"] = PortToken,
            ["message"] = "token " + all + " is unknown",
            [Token] = all,
            ["metadata"] = new JsonObject { ["name"] = all, ["uid"] = Token, ["resourceVersion"] = PortToken },
        }.ToJsonString();
        string reply = $"HTTP/1.1 {status} {all}\r\nContent-Type: {type}\r\nLocation: https://{PortToken}/{Token}\r\nX-{PortToken}: {all}\r\nWarning: 299 - \"{all}\"\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        var answered = new TaskCompletionSource();
        using var server = new HostileServer(async (stream, number, stop) =>
        {
            // The board is through with the replies before.
            if (number == 4)
            {
                answered.TrySetResult();
            }

            await stream.ReadAtLeastAsync(new byte[8192], 1, throwOnEndOfStream: false, cancellationToken: stop);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(reply), stop);
            stream.Close();
        });
        await using var board = new SimulatedBoard(new BoardOptions
        {
            Name = "pico-secret",
            ApiServer = new Uri($"http://127.0.0.1:{server.Port}"),
            Token = Token,
            KubeletToken = PortToken,
            SettingsJson = """{"logLevel":"debug"}""",
        });
        board.Start();
        await answered.Task.WaitAsync(TimeSpan.FromMinutes(2));

        StringBuilder told = new();
        using HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{board.KubeletPort}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", PortToken);
        foreach (string path in (string[])["/pico/status", "/configz", "/metrics", "/healthz?verbose=1", "/readyz", "/spec", "/" + Token, "/pods/" + PortToken])
        {
            told.AppendLine(await (await client.GetAsync(path)).Content.ReadAsStringAsync());
        }

        foreach (string command in (string[])[Token, PortToken])
        {
            string document = new JsonObject { ["command"] = command, ["params"] = new JsonObject { [command] = command } }.ToJsonString();
            using StringContent content = new(document, Encoding.UTF8, "application/json");
            told.AppendLine(await (await client.PostAsync("/pico/command", content)).Content.ReadAsStringAsync());
        }

        foreach (string line in board.Log)
        {
            told.AppendLine(line);
        }

        Assert.Contains("last_error", told.ToString());
        AssertHoldsNoPiece(told.ToString());
    }

    private static void AssertHoldsNoPiece(string text)
    {
        foreach (string secret in Secrets)
        {
            for (int i = 0; i + SecretMask.PieceLength <= secret.Length; i++)
            {
                string piece = secret.Substring(i, SecretMask.PieceLength);
                Assert.DoesNotContain(piece, text);
            }
        }
    }
}
