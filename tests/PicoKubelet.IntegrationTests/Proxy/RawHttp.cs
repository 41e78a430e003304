using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PicoKubelet.IntegrationTests.Proxy;

/// <summary>Sends requests as they are written: a client that puts paths right would hide what is tried here.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Opens a connection to loopback.</summary>
    public static async Task<Socket> ConnectAsync(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request line, headers and body, and reads the answer to its end.</summary>
    /// <param name="port">The port on loopback.</param>
    /// <param name="line">The method and the target; HTTP/1.1 follows.</param>
    /// <param name="headers">Headers besides Host and Connection.</param>
    /// <param name="body">The body, or null for none.</param>
    public static async Task<RawReply> SendAsync(int port, string line, IEnumerable<string>? headers = null, string? body = null)
    {
        StringBuilder request = new($"{line} HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\n");
        foreach (string header in headers ?? [])
        {
            request.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            request.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
        }

        request.Append("\r\n").Append(body);
        using Socket socket = await ConnectAsync(port);
        await socket.SendAsync(Encoding.UTF8.GetBytes(request.ToString()));
        return await ReceiveAsync(socket);
    }

    /// <summary>Reads an answer to its end, which is the connection's.</summary>
    public static async Task<RawReply> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Timeout);
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, deadline.Token)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (SocketException) when (text.Length > 0)
        {
            // A server that answers without reading the rest of a request resets the connection.
        }

        return new RawReply(text.ToString());
    }
}
