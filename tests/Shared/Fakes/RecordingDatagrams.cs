using System;
using System.Net;
using System.Text;
using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A UDP socket that keeps what is sent, and sends nothing.</summary>
internal sealed class RecordingDatagrams : IDatagramSocket
{
    private readonly string[] _sent = Strings.NewArray(64);

    /// <summary>How many it takes before sending fails.</summary>
    public int Room { get; set; } = int.MaxValue;

    public int Count { get; private set; }

    public EndPoint Peer { get; private set; }

    public bool IsClosed { get; set; } = true;

    public string this[int index] => _sent[index];

    public int Receive(byte[] buffer)
    {
        return 0;
    }

    public void Reply(byte[] buffer, int count)
    {
        throw new NotSupportedException();
    }

    public void Broadcast(byte[] buffer, int count, int port)
    {
        throw new NotSupportedException();
    }

    public bool Send(byte[] buffer, int count, EndPoint peer)
    {
        if (IsClosed || Room == 0)
        {
            return false;
        }

        Room--;
        Peer = peer;
        _sent[Count++] = Encoding.UTF8.GetString(buffer, 0, count);
        return true;
    }

    public void Close()
    {
        IsClosed = true;
    }
}
