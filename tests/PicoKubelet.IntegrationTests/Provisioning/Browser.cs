using Microsoft.Playwright;
using PicoKubelet.IntegrationTests.Support;

namespace PicoKubelet.IntegrationTests.Provisioning;

/// <summary>Debian's Chromium, without a window, as a phone that runs no scripts.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Phone = "Pixel 5";
    private const string ImagesVariable = "PICOKUBELET_IMAGES";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Starts the browser. Where there is none the test is inconclusive.</summary>
    public static async Task<Browser> StartAsync()
    {
        string program = ExternalProgram.Find("chromium") ?? throw new AssertInconclusiveException("chromium is not installed; what it makes of the provisioning page is left out.");
        IPlaywright playwright = await Playwright.CreateAsync();

        // Its sandbox needs a user that is not root; what it is shown here is our own.
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] }));
    }

    /// <summary>Opens a page.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="scheme">The colours that the user prefers.</param>
    /// <param name="runsScripts">Whether scripts run: those of a test, since the page has none.</param>
    public async Task<IPage> OpenAsync(Uri url, ColorScheme scheme = ColorScheme.Light, bool runsScripts = false)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions(_playwright.Devices[Phone])
        {
            JavaScriptEnabled = runsScripts,
            ColorScheme = scheme,
        });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(url.ToString());
        return page;
    }

    /// <summary>Keeps a picture of a page for the documentation, where PICOKUBELET_IMAGES is set.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The picture's name.</param>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable(ImagesVariable) is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf($"docs/images/provisioning-{name}.png"), FullPage = true, Scale = ScreenshotScale.Css });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
