using System;
using System.Net;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Provisioning;

/// <summary>A UDP socket to which one datagram comes, and that keeps what is answered.</summary>
internal sealed class FakeDatagrams : IDatagramSocket
{
    private byte[] _arrived;

    /// <summary>What was answered last as hexadecimal digits, or null.</summary>
    public string Sent { get; private set; }

    /// <summary>The port that it was sent to by broadcast, or 0 for the sender's.</summary>
    public int SentTo { get; private set; }

    /// <summary>What a look for a datagram waits for, where it is set.</summary>
    public ManualResetEvent Hold { get; set; }

    /// <summary>Whether somebody waits for it.</summary>
    public bool IsHeld { get; private set; }

    public bool IsClosed { get; private set; }

    public void Arrive(byte[] datagram)
    {
        _arrived = datagram;
        Sent = null;
    }

    public int Receive(byte[] buffer)
    {
        if (Hold != null)
        {
            IsHeld = true;
            Hold.WaitOne();
        }

        byte[] arrived = _arrived;
        _arrived = null;
        if (arrived == null)
        {
            return 0;
        }

        int length = arrived.Length < buffer.Length ? arrived.Length : buffer.Length;
        Array.Copy(arrived, 0, buffer, 0, length);
        return length;
    }

    public void Reply(byte[] buffer, int count)
    {
        Sent = Bytes.ToHex(buffer, 0, count);
        SentTo = 0;
    }

    public void Broadcast(byte[] buffer, int count, int port)
    {
        Sent = Bytes.ToHex(buffer, 0, count);
        SentTo = port;
    }

    public bool Send(byte[] buffer, int count, EndPoint peer)
    {
        throw new NotSupportedException();
    }

    public void Close()
    {
        IsClosed = true;
    }
}
