using System;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Fakes;

/// <summary>Hands out scripted connections, one after the other, or the same again; a <see cref="ConnectException"/> among them is thrown.</summary>
internal sealed class FakeConnector : IConnector
{
    private readonly object[] _script;

    public FakeConnector(params object[] script)
    {
        _script = script;
    }

    /// <summary>How often a connection was asked for.</summary>
    public int Attempts { get; private set; }

    /// <summary>What the last connection was asked for.</summary>
    public string Target { get; private set; }

    /// <summary>How many connections are open.</summary>
    public int OpenConnections
    {
        get
        {
            int open = 0;
            for (int i = 0; i < Attempts && i < _script.Length; i++)
            {
                if (_script[i] is FakeConnection connection && !connection.IsClosed)
                {
                    open++;
                }
            }

            return open;
        }
    }

    public IOutboundConnection Connect(string host, int port, bool secure, int timeoutMilliseconds)
    {
        Target = (secure ? "tls " : "tcp ") + host + ":" + port.ToString();
        int index = Attempts++;
        if (index >= _script.Length)
        {
            throw new InvalidOperationException("a connection that the test does not expect");
        }

        if (_script[index] is Exception failure)
        {
            throw failure;
        }

        FakeConnection connection = (FakeConnection)_script[index];
        connection.Reopen();
        connection.Timeout = timeoutMilliseconds;
        return connection;
    }
}
