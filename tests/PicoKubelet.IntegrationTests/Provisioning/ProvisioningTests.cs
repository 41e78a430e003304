using System.Net;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PicoKubelet.IntegrationTests.Clusters;
using PicoKubelet.IntegrationTests.Support;
using PicoKubelet.IntegrationTests.VirtualBoard;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Provisioning;

/// <summary>A board without settings and a person with a phone.</summary>
[TestClass]
public sealed class ProvisioningTests : ClusterTests
{
    private const string WifiPassword = "typed-wifi-password";
    private const string KubeletToken = "typed-kubelet-token";

    private static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(20);

    /// <summary>Initializes a new instance.</summary>
    public ProvisioningTests()
        : base(TestRun.EmbeddedClusterAsync)
    {
    }

    [TestMethod]
    public async Task A_person_with_a_phone_brings_a_board_into_the_cluster()
    {
        await using Browser browser = await Browser.StartAsync();
        string name = NewName();
        string token = await Cluster.Identities.CreateAsync(name, BoardRights.All);
        SimulatedBoard board = StartBoard(NewOptions());
        IPage page = await browser.OpenAsync(await WaitForPageAsync(board));
        await Browser.PictureAsync(page, "empty");

        await page.GetByLabel("Network", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("Workshop");
        await page.GetByLabel("API server").FillAsync("192.168.1.10:6443");
        await page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).FillAsync(token);
        await page.GetByLabel("CA certificate").FillAsync(Cluster.CaPem);
        await NameField(page).FillAsync("Not A Name");
        await SaveAsync(page);

        Assert.Contains("Nothing was saved", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        Assert.AreEqual("apiServer", await page.Locator("*:focus").GetAttributeAsync("id"), "the first field that is wrong");
        Assert.Contains("must be a URL", await page.Locator("#d-apiServer").InnerTextAsync());
        Assert.Contains("must be a Node's name", await page.Locator("#d-node").InnerTextAsync());
        Assert.AreEqual("192.168.1.10:6443", await page.GetByLabel("API server").InputValueAsync());
        Assert.AreEqual(Cluster.CaPem.Trim(), await page.GetByLabel("CA certificate").InputValueAsync());
        Assert.AreEqual("Workshop", await page.GetByLabel("Network", new PageGetByLabelOptions { Exact = true }).InputValueAsync());
        Assert.AreEqual("", await page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).InputValueAsync());
        Assert.DoesNotContain(token, await page.ContentAsync());
        await Browser.PictureAsync(page, "errors");

        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(WifiPassword);
        await page.GetByLabel("API server").FillAsync(Cluster.Url.GetLeftPart(UriPartial.Authority));
        await page.GetByLabel("Token", new PageGetByLabelOptions { Exact = true }).FillAsync(token);
        await NameField(page).FillAsync(name);
        await page.GetByLabel("Kubelet token").FillAsync(KubeletToken);
        await SaveAsync(page);

        Assert.Contains("Saved", await page.GetByRole(AriaRole.Status).InnerTextAsync());
        await Browser.PictureAsync(page, "saved");
        await Eventually.HoldsAsync(JoinTime, async () => (await Cluster.GetAsync(Cluster.NodePath(name))).MustBe("Ready", "True"));
        Assert.AreEqual("Workshop", board.ProvisionedSsid);
        Assert.IsTrue(board.IsProvisionedPassword(WifiPassword));
        Assert.IsNull(board.ProvisioningUrl, "its own network is closed");
        Assert.DoesNotContain(WifiPassword, string.Join('\n', board.Log));
        Assert.DoesNotContain(token, string.Join('\n', board.Log));
        await AssertKubeletTokenAsync(board);
    }

    [TestMethod]
    public async Task What_is_stored_is_shown_to_a_browser_but_for_the_secrets()
    {
        await using Browser browser = await Browser.StartAsync();
        using var folder = new TemporaryFolder();
        folder.Write("picokubelet.json", """{"apiServer":"https://10.0.0.1:6443","token":"stored-token","nodeName":"shed","kubelet":{"token":"stored-kubelet"}}""");
        SimulatedBoard board = StartBoard(NewOptions(folder.Path), holdsButton: true);
        IPage page = await browser.OpenAsync(await WaitForPageAsync(board));

        Assert.AreEqual("https://10.0.0.1:6443", await page.GetByLabel("API server").InputValueAsync());
        Assert.AreEqual("shed", await NameField(page).InputValueAsync());
        Assert.Contains("has no password", await page.GetByRole(AriaRole.Note).InnerTextAsync());
        Assert.DoesNotContain("stored-", await page.ContentAsync());

        await page.GetByLabel("or its name").FillAsync("Home");
        await page.GetByLabel("API server").FillAsync("https://10.0.0.2:6443");
        await SaveAsync(page);
        Assert.Contains("must be typed again", await page.Locator("#d-token").InnerTextAsync());
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Nobody_is_kept_out_by_the_page(ColorScheme scheme)
    {
        await using Browser browser = await Browser.StartAsync();
        SimulatedBoard board = StartBoard(NewOptions(), holdsButton: true);
        IPage page = await browser.OpenAsync(await WaitForPageAsync(board), scheme, runsScripts: true);
        await AssertAccessibleAsync(page);
        Assert.AreEqual(scheme == ColorScheme.Dark, await page.EvaluateAsync<int>("() => Number(getComputedStyle(document.querySelector('input[type=text]')).color.match(/\\d+/)[0])") > 128);

        await NameField(page).FillAsync("Not A Name");
        await SaveAsync(page);
        await AssertAccessibleAsync(page);

        await page.GetByLabel("Network", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("Workshop");
        await page.GetByLabel("API server").FillAsync("http://127.0.0.1:1");
        await NameField(page).FillAsync("");
        await SaveAsync(page);
        await page.GetByRole(AriaRole.Status).WaitForAsync();
        await AssertAccessibleAsync(page);
    }

    [TestMethod]
    public async Task A_page_that_is_out_of_date_says_so_where_the_focus_is()
    {
        await using Browser browser = await Browser.StartAsync();
        SimulatedBoard board = StartBoard(NewOptions());
        IPage page = await browser.OpenAsync(await WaitForPageAsync(board), runsScripts: true);
        await page.EvaluateAsync("() => document.forms[0].csrf.value = 'old'");
        await SaveAsync(page);

        Assert.Contains("out of date", await page.Locator("*:focus").InnerTextAsync());
    }

    [TestMethod]
    public async Task A_page_of_another_site_can_not_send_the_form()
    {
        await using Browser browser = await Browser.StartAsync();
        SimulatedBoard board = StartBoard(NewOptions());
        Uri url = await WaitForPageAsync(board);

        // Another port is another origin. The browser sends the form all the same, and says where it comes from.
        using var theirs = new HttpListener();
        Uri their = Serve(theirs, $"<form method=post action={url}><input name=ssid value=Theirs><input name=apiServer value=http://10.0.0.1><button>Win a prize</button></form>");
        IPage page = await browser.OpenAsync(their);
        IResponse answer = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button).ClickAsync(), response => response.Url == url.ToString());

        Assert.AreEqual(403, answer.Status);
        Assert.IsNull(board.ProvisionedSsid);
    }

    // On an address of its own, since the port of its kubelet is the usual one.
    private static BoardOptions NewOptions(string? folder = null)
    {
        return new BoardOptions
        {
            Board = BoardModels.DefaultWithAccessPoint,
            Address = $"127.44.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}",
            Provisions = true,
            StateFolder = folder,
        };
    }

    private static Task<Uri> WaitForPageAsync(SimulatedBoard board)
    {
        return Eventually.GetAsync(OpenTime, () =>
        {
            Assert.Contains(line => line.Contains("provisioning listens", StringComparison.Ordinal), board.Log);
            Assert.IsNotNull(board.ProvisioningUrl);
            return Task.FromResult(board.ProvisioningUrl);
        });
    }

    private static ILocator NameField(IPage page)
    {
        return page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true });
    }

    // axe-core, and what it trips over itself: a field whose name takes the place of a property of the form.
    private static async Task AssertAccessibleAsync(IPage page)
    {
        Assert.AreEqual("", await page.EvaluateAsync<string>("() => [...document.querySelectorAll('form [name]')].map(field => field.name).filter(name => name in HTMLFormElement.prototype).join()"));
        AxeResult found = await page.RunAxe();
        Assert.IsEmpty(found.Violations, string.Join('\n', found.Violations.Select(violation => $"{violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
    }

    private static Task SaveAsync(IPage page)
    {
        return page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save and restart" }).ClickAsync();
    }

    private static async Task AssertKubeletTokenAsync(SimulatedBoard board)
    {
        // The port has a thread of its own, and may open after the node is Ready.
        await WaitForLogAsync(board, JoinTime, "msg=\"kubelet listens\"");
        using var client = new HttpClient { BaseAddress = new Uri($"http://{board.Address}:{board.KubeletPort}") };
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", KubeletToken);
        Assert.AreEqual(HttpStatusCode.OK, (await client.GetAsync("/metrics")).StatusCode);
    }

    private static Uri Serve(HttpListener listener, string html)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}/");
        listener.Prefixes.Add(url.ToString());
        listener.Start();
        listener.GetContextAsync().ContinueWith(
            async context =>
            {
                HttpListenerResponse response = (await context).Response;
                response.ContentType = "text/html";
                response.Close(System.Text.Encoding.UTF8.GetBytes(html), willBlock: false);
            },
            TaskContinuationOptions.OnlyOnRanToCompletion);
        return url;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
