using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace PicoKubelet.IntegrationTests.VirtualBoard;

/// <summary>A server on loopback each of whose connections does what a test says.</summary>
internal sealed class HostileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts the server.</summary>
    /// <param name="behaviour">What a connection does, and its number from 1 on.</param>
    public HostileServer(Func<Stream, int, CancellationToken, Task> behaviour)
    {
        _listener.Start();
        _ = RunAsync(behaviour);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets how many connections were made.</summary>
    public int Connections { get; private set; }

    /// <summary>Takes what comes, and says nothing.</summary>
    public static async Task BeSilentAsync(Stream stream, CancellationToken stop)
    {
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }

    /// <summary>Sends a byte now and then, for ever.</summary>
    public static async Task DripAsync(Stream stream, byte[] bytes, CancellationToken stop)
    {
        for (int i = 0; ; i++)
        {
            await stream.WriteAsync(bytes.AsMemory(i % bytes.Length, 1), stop);
            await stream.FlushAsync(stop);
            await Task.Delay(10, stop);
        }
    }

    /// <summary>Speaks TLS.</summary>
    public static async Task<SslStream> SpeakTlsAsync(Stream stream, X509Certificate2 certificate, CancellationToken stop)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        return tls;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<Stream, int, CancellationToken, Task> behaviour)
    {
        CancellationToken stop = _stop.Token;
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(stop);
                client.NoDelay = true;
                _ = ServeAsync(client, behaviour, ++Connections, stop);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<Stream, int, CancellationToken, Task> behaviour, int number, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                await behaviour(client.GetStream(), number, stop);
            }
        }
        catch (Exception)
        {
            // The client went away, as it should.
        }
    }
}
