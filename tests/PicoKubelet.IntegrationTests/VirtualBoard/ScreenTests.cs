using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.VirtualBoard;
using PicoKubelet.VirtualBoard.Cli;
using PicoKubelet.VirtualBoard.Clusters;
using PicoKubelet.VirtualBoard.View;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

[TestClass]
public class ScreenTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(60)]
    public async Task FillsTheTerminalAndNeverMore(int boards)
    {
        await using Fleet fleet = NewFleet(boards);
        var screen = new Screen(fleet, NewCluster());
        for (int width = 1; width <= 130; width += 3)
        {
            for (int height = 1; height <= 45; height += 4)
            {
                string[] lines = Lines(screen, width, height);
                Assert.IsLessThanOrEqualTo(height, lines.Length, $"{width}x{height}");
                Assert.IsFalse(Array.Exists(lines, line => line.Length > width), $"{width}x{height}");
            }
        }
    }

    [TestMethod]
    public async Task ShowsNodesAndTheLineToType()
    {
        await using Fleet fleet = NewFleet(3);
        string text = string.Join('\n', Lines(new Screen(fleet, NewCluster()), 100, 30));

        Assert.Contains("pico-node-3", text);
        Assert.Contains("0 of 3 Ready", text);
        Assert.Contains("kubectl get nodes", text);
        Assert.Contains("Log of pico-node-1", text);
    }

    [TestMethod]
    public async Task AnOrdinaryTerminalShowsTheEndAndWhatIsWrong()
    {
        await using Fleet fleet = NewFleet(1);
        string[] lines = Lines(new Screen(fleet, NewCluster()), 80, 24);
        string text = string.Join('\n', lines);

        foreach (string word in new[] { "q quit", "choose board", "READY", "HEARTBEAT", "ADDRESS", "FAILED", "HEAP", "PODS" })
        {
            Assert.Contains(word, text);
        }

        Assert.AreEqual(24, lines.Length);
    }

    [TestMethod]
    [DataRow(80, 24)]
    [DataRow(100, 30)]
    public async Task WhatToTypeOnThePageIsAllThere(int width, int height)
    {
        await using Fleet fleet = NewFleet(new LongPathsCluster(), 1, provisions: true);
        fleet.Start();
        Uri page = await Eventually.GetAsync(TimeSpan.FromSeconds(20), () =>
        {
            Assert.IsNotNull(fleet.Boards[0].ProvisioningUrl);
            return Task.FromResult(fleet.Boards[0].ProvisioningUrl!);
        });
        string text = string.Concat(Lines(new Screen(fleet, new LongPathsCluster()), width, height).Select(line => line.Trim('│', ' ')));

        Assert.Contains(page.ToString(), text);
        Assert.Contains(LongPathsCluster.Server, text);
        Assert.Contains(LongPathsCluster.Token, text);
        Assert.Contains(LongPathsCluster.CaPath, text);
    }

    [TestMethod]
    public async Task TheChosenBoardIsInSightAmongMany()
    {
        await using Fleet fleet = NewFleet(60);
        var screen = new Screen(fleet, NewCluster());
        screen.Select(-1);

        Assert.AreEqual("pico-node-60", screen.Selected.Name);
        Assert.Contains("▶ pico-node-60", string.Join('\n', Lines(screen, 100, 30)));
        screen.Select(+1);
        Assert.AreEqual("pico-node-1", screen.Selected.Name);
    }

    private static ExternalCluster NewCluster()
    {
        return new ExternalCluster(new ClusterAddress(new Uri("http://127.0.0.1:1"), null, null), "kubectl get nodes");
    }

    private static Fleet NewFleet(int boards)
    {
        return NewFleet(NewCluster(), boards);
    }

    private static Fleet NewFleet(ICluster cluster, int boards, bool provisions = false)
    {
        var options = new RunOptions
        {
            Names = [.. Enumerable.Range(1, boards).Select(number => $"pico-node-{number}")],
            Board = provisions ? BoardModels.DefaultWithAccessPoint : BoardModels.Default,
            Provisions = provisions,
            FirstAddress = "127.0.0.1",
            Events = [],
        };
        return new Fleet(options, cluster, _ => null);
    }

    private static string[] Lines(Screen screen, int width, int height)
    {
        var writer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(screen.Render(width, height));
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
