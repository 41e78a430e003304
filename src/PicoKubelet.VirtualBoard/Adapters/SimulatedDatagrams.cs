using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>A UDP socket of the PC that sends, as long as the simulated link is up that it was opened on.</summary>
internal sealed class SimulatedDatagrams(CancellationToken link) : IDatagramSocket
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };

    public int Receive(byte[] buffer) => 0;

    public void Reply(byte[] buffer, int count) => throw new NotSupportedException();

    public void Broadcast(byte[] buffer, int count, int port) => throw new NotSupportedException();

    public bool Send(byte[] buffer, int count, EndPoint peer)
    {
        try
        {
            return !link.IsCancellationRequested && _socket.SendTo(buffer, 0, count, SocketFlags.None, peer) == count;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Close() => _socket.Dispose();
}
