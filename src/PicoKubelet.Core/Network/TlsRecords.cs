using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using PicoKubelet.Hardware;

namespace PicoKubelet.Network;

/// <summary>
/// Waits for a TLS record to be there before the device's TLS is asked to read it: with a part of one, mbedTLS waits for the rest
/// in a <c>select</c> without a bound, and everything on the board with it. A peer that vanished in the middle of a reply is enough.
/// </summary>
public static class TlsRecords
{
    /// <summary>The bytes of a record's head (RFC 8446, 5.1).</summary>
    public const int HeadBytes = 5;

    // More than this need not be there: TCP's window (ESP32 5,744 bytes, Pico W 5,920) may be smaller than a record.
    private const int MaxWaitBytes = 4096;
    private const int Pause = 10;

    /// <summary>Waits.</summary>
    /// <param name="socket">The socket below TLS, at a record's beginning.</param>
    /// <param name="head">A buffer for the record's head.</param>
    /// <param name="clock">The monotonic clock.</param>
    /// <param name="timeoutMilliseconds">How long at most.</param>
    /// <exception cref="TimeoutException">The record is not there in time.</exception>
    /// <exception cref="IOException">Its head came in pieces, so that nobody can tell how long it is.</exception>
    public static void Await(Socket socket, byte[] head, IClock clock, int timeoutMilliseconds)
    {
        long deadline = clock.Milliseconds + timeoutMilliseconds;
        while (!IsThere(socket, head, deadline - clock.Milliseconds))
        {
            // Poll would say at once what it said before: that there is something.
            Thread.Sleep(Pause);
        }
    }

    private static bool IsThere(Socket socket, byte[] head, long milliseconds)
    {
        if (milliseconds <= 0 || !socket.Poll((int)milliseconds * 1000, SelectMode.SelectRead))
        {
            throw new TimeoutException("no answer in time");
        }

        int available = socket.Available;
        if (available == 0)
        {
            // Closed: a read tells at once.
            return true;
        }

        if (available < HeadBytes)
        {
            return false;
        }

        // lwIP shows no more than what came in one segment.
        if (socket.Receive(head, 0, HeadBytes, SocketFlags.Peek) < HeadBytes)
        {
            throw new IOException("a TLS record's head in pieces");
        }

        int length = (head[3] << 8) | head[4];
        return available - HeadBytes >= (length < MaxWaitBytes ? length : MaxWaitBytes);
    }
}
