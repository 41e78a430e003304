using System.Net;
using System.Net.Sockets;

namespace PicoKubelet.VirtualBoard.Cli;

/// <summary>The ports of the pages on which boards are given their settings.</summary>
internal static class ProvisioningPorts
{
    private const int Usual = 8080;
    private const int Any = 0;

    /// <summary>Chooses a board's port.</summary>
    /// <param name="first">The first board's, from which the others' count up; or null for the usual one or else any that is free.</param>
    /// <param name="index">Which board it is.</param>
    /// <returns>The port, or 0 for any.</returns>
    /// <exception cref="CommandException">The port that was asked for is taken.</exception>
    public static int Choose(int? first, int index)
    {
        if (first is null)
        {
            return index == 0 && FindFault(Usual) is null ? Usual : Any;
        }

        int port = first.Value + index;
        string? fault = port > ushort.MaxValue ? "there is no such port" : FindFault(port);
        return fault is null
            ? port
            : throw new CommandException("--provision-port", $"can not serve the page at port {port} of 127.0.0.1: {fault}; give another port, or none for any that is free");
    }

    private static string? FindFault(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
    }
}
