using System.Net;
using System.Net.Sockets;
using System.Text;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.IntegrationTests.Kubelet;

/// <summary>Talks to a board's kubelet over sockets of its own, so that nothing is pooled or tried again.</summary>
internal static class KubeletClient
{
    public const string Token = "kubelet-token-of-the-tests";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens a connection.</summary>
    public static async Task<Socket> ConnectAsync(SimulatedBoard board)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(board.Address), board.KubeletPort);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads until the server closes.</summary>
    /// <returns>The whole answer.</returns>
    public static async Task<string> SendAsync(SimulatedBoard board, string request)
    {
        using Socket socket = await ConnectAsync(board);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return await ReceiveAsync(socket);
    }

    /// <summary>Reads until the server closes.</summary>
    public static async Task<string> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Timeout);
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, deadline.Token)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    /// <summary>Reads a path with the token, over HTTP/1.0, so that the body comes as it is.</summary>
    public static Task<string> GetAsync(SimulatedBoard board, string path)
    {
        return SendAsync(board, $"GET {path} HTTP/1.0\r\nAuthorization: Bearer {Token}\r\n\r\n");
    }

    /// <summary>Reads a path with the token.</summary>
    /// <returns>The body alone.</returns>
    public static async Task<string> GetBodyAsync(SimulatedBoard board, string path)
    {
        string answer = await GetAsync(board, path);
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    /// <summary>Sends a command with the token.</summary>
    public static Task<string> CommandAsync(SimulatedBoard board, string json)
    {
        return SendAsync(board, $"POST /pico/command HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Token}\r\nContent-Length: {json.Length}\r\n\r\n{json}");
    }
}
