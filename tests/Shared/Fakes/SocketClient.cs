using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A client with a socket of its own, which does one thing at a time.</summary>
internal sealed class SocketClient
{
    private readonly Socket _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SocketClient(IPEndPoint server)
    {
        _socket.Connect(server);
    }

    /// <summary>Whether there is something to read, or the server has closed.</summary>
    public bool HasAnswer => _socket.Poll(0, SelectMode.SelectRead);

    public void Send(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _socket.Send(bytes, 0, bytes.Length, SocketFlags.None);
    }

    /// <summary>Reads until so much has come, or the server has closed.</summary>
    public string Read(string until)
    {
        string text = "";
        byte[] buffer = new byte[512];
        int read = 1;
        while (read > 0 && !text.Contains(until))
        {
            read = _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None);
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }

        return text;
    }

    public void Close()
    {
        _socket.Close();
    }
}
