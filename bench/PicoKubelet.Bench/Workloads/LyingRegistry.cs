using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace PicoKubelet.Bench.Workloads;

/// <summary>A registry whose programs are not those whose digests it tells.</summary>
internal sealed class LyingRegistry : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _program;

    /// <param name="program">What it gives for any blob.</param>
    public LyingRegistry(byte[] program)
    {
        _program = program;
        Name = $"127.0.0.1:{LocalRegistry.FindFreePort()}";
        _listener.Prefixes.Add($"http://{Name}/");
        _listener.Start();
        _ = RunAsync();
    }

    /// <summary>Gets the registry as references name it.</summary>
    public string Name { get; }

    public void Dispose() => _listener.Close();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                byte[] body = context.Request.Url!.AbsolutePath.Contains("/manifests/", StringComparison.Ordinal) ? Encoding.ASCII.GetBytes(Manifest()) : _program;
                context.Response.ContentType = body == _program ? "application/octet-stream" : "application/vnd.oci.image.manifest.v1+json";
                context.Response.ContentLength64 = body.Length;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private string Manifest()
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData("another program"u8));
        return $$"""{"schemaVersion":2,"layers":[{"mediaType":"application/wasm","digest":"sha256:{{digest}}","size":{{_program.Length}}}]}""";
    }
}
