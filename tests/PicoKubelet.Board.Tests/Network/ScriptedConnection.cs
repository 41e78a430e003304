using System;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

/// <summary>A connection whose peer answers with given bytes, some at a time, and then ends or fails.</summary>
internal sealed class ScriptedConnection : IConnection
{
    private readonly byte[] _answer;
    private readonly int _pieceSize;
    private readonly bool _isSilent;
    private int _position;

    public ScriptedConnection(byte[] answer, int pieceSize, bool isSilent)
    {
        _answer = answer;
        _pieceSize = pieceSize;
        _isSilent = isSilent;
    }

    /// <summary>What was sent last.</summary>
    public byte[] Sent { get; private set; }

    /// <summary>How many bytes of the answer were not read.</summary>
    public int Left => _answer.Length - _position;

    public int Read(byte[] buffer, int offset, int count)
    {
        if (Left == 0 && _isSilent)
        {
            throw new TimeoutException();
        }

        int piece = count < _pieceSize ? count : _pieceSize;
        piece = piece < Left ? piece : Left;
        Array.Copy(_answer, _position, buffer, offset, piece);
        _position += piece;
        return piece;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        Sent = new byte[count];
        Array.Copy(buffer, offset, Sent, 0, count);
    }

    public void Close()
    {
    }
}
