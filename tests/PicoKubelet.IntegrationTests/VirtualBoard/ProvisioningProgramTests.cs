using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PicoKubelet.IntegrationTests.Provisioning;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>The virtual board with --provision, by a newcomer who types what the program shows and nothing else.</summary>
[TestClass]
public sealed partial class ProvisioningProgramTests
{
    // A program that starts, on a machine that may be busy with much else.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [TestMethod]
    public async Task WhatIsShownIsEnoughForABoardWithoutAName()
    {
        await using Browser browser = await Browser.StartAsync();
        await using RunningProgram program = Start("--provision");
        IPage page = await browser.OpenAsync(await PageAsync(program));
        string server = await program.WaitForAsync(ServerLine(), Patience);

        await page.GetByLabel("Network", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("Workshop");
        await page.GetByLabel("API server").FillAsync(server);
        await page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).FillAsync(await program.WaitForAsync(TokenLine(), Patience));
        await page.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Contains("Saved", await page.GetByRole(AriaRole.Status).InnerTextAsync());

        string name = await program.WaitForAsync(Registered(), Patience);
        Assert.StartsWith("pico-", name);
        using var client = new HttpClient { BaseAddress = new Uri(server) };
        await Eventually.HoldsAsync(Patience, async () =>
        {
            JsonNode node = JsonNode.Parse(await client.GetStringAsync("/api/v1/nodes/" + name))!;
            Assert.Contains(condition => condition!["type"]!.GetValue<string>() == "Ready" && condition["status"]!.GetValue<string>() == "True", node["status"]!["conditions"]!.AsArray());
        });
    }

    [TestMethod]
    public async Task ABoardWhoseStateIsKeptJoinsAgain()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--provision", "--https", "--state", Path.Combine(folder.Path, "state")];
        string name;

        // A port that the second start must remember, and that no other test asks for.
        await using (RunningProgram first = Start([.. arguments, "--port", FreePort()]))
        {
            string ca = await File.ReadAllTextAsync(await first.WaitForAsync(CaLine(), Patience));
            await TypeAsync(await PageAsync(first), await first.WaitForAsync(ServerLine(), Patience), await first.WaitForAsync(TokenLine(), Patience), ca);
            name = await first.WaitForAsync(Registered(), Patience);
        }

        await using RunningProgram second = Start(arguments);
        Assert.AreEqual(name, await second.WaitForAsync(Registered(), Patience));
        Assert.DoesNotContain("Settings page", second.Output);
    }

    [GeneratedRegex(@"Settings page: (http\S+)")]
    private static partial Regex PageLine();

    [GeneratedRegex(@"provisioning listens()")]
    private static partial Regex Listens();

    [GeneratedRegex(@"API server +(http\S+)\r?\n +Token")]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"Token +(\S+)")]
    private static partial Regex TokenLine();

    [GeneratedRegex(@"CA +what is in (.+)")]
    private static partial Regex CaLine();

    [GeneratedRegex(@"msg=registered node=(\S+)")]
    private static partial Regex Registered();

    // On an address of its own, since the port of its kubelet is the usual one.
    private static RunningProgram Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PicoKubelet.VirtualBoard.dll");
        return new RunningProgram("dotnet", [program, .. arguments, "--address", $"127.45.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}"]);
    }

    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString();
    }

    private static async Task<Uri> PageAsync(RunningProgram program)
    {
        await program.WaitForAsync(Listens(), Patience);
        return new Uri(await program.WaitForAsync(PageLine(), Patience));
    }

    private static async Task TypeAsync(Uri page, string server, string token, string ca)
    {
        using var client = new HttpClient();
        string csrf = Regex.Match(await client.GetStringAsync(page), "name=csrf value=([0-9a-f]+)").Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["csrf"] = csrf, ["net"] = "Workshop", ["apiServer"] = server, ["token"] = token, ["ca"] = ca,
        });
        using HttpResponseMessage answer = await client.PostAsync(page, form);
        Assert.Contains("Saved", await answer.Content.ReadAsStringAsync());
    }
}
