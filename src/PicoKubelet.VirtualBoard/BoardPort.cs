using System.Net;
using System.Net.Sockets;
using PicoKubelet.VirtualBoard.Cli;

namespace PicoKubelet.VirtualBoard;

/// <summary>The port of a board's kubelet, which another program of the PC may have: a real board's nobody else has.</summary>
internal static class BoardPort
{
    /// <summary>Checks that a board will be the one who answers on its port.</summary>
    /// <param name="address">The board's address.</param>
    /// <param name="port">Its kubelet's port.</param>
    /// <exception cref="CommandException">Another program listens there, or this one may not.</exception>
    public static void Check(string address, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            socket.Listen();
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new CommandException(
                "--address",
                $"another program listens on {address}:{port}, so it would answer in the board's place; "
                + "end it, or give the boards other addresses (such as --address 127.0.0.2) or another kubelet.port in --settings");
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.AccessDenied)
        {
            throw new CommandException("--settings", $"kubelet.port: this user may not listen on {address}:{port}; take a port above 1023");
        }
        catch (SocketException)
        {
            // An address that this PC does not have now: the board tries again by itself, and says so.
        }
    }
}
