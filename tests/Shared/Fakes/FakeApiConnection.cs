using System;
using System.Text;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Fakes;

/// <summary>A connection to a <see cref="FakeApiServer"/>.</summary>
internal sealed class FakeApiConnection : IOutboundConnection
{
    private readonly FakeApiServer _server;
    private byte[] _reply = new byte[0];
    private int _position;
    private int _timeout;
    private bool _isClosed;

    public FakeApiConnection(FakeApiServer server)
    {
        _server = server;
    }

    public bool HasArrived => false;

    public int Read(byte[] buffer, int offset, int count)
    {
        if (_position == 0 && !_server.Wait(_timeout))
        {
            throw new InvalidOperationException("timed out");
        }

        int length = _reply.Length - _position;
        length = length < count ? length : count;
        Array.Copy(_reply, _position, buffer, offset, length);
        _position += length;
        return length;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        string reply = _server.Handle(Encoding.UTF8.GetString(buffer, offset, count));
        _reply = reply == null ? new byte[0] : Encoding.UTF8.GetBytes(reply);
        _position = 0;
    }

    public void SetDeadline(int milliseconds)
    {
        _timeout = milliseconds;
    }

    public void Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _server.OpenConnections--;
        }
    }
}
