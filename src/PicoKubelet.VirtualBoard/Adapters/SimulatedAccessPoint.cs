using System.Net;
using System.Net.Sockets;
using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>
/// The network that a simulated board opens itself: a port of this computer, which is in it already. As on an ESP32, it opens
/// and closes at a start of the board.
/// </summary>
internal sealed class SimulatedAccessPoint : IAccessPoint
{
    private const int AnyPort = 0;

    private readonly object _gate = new();
    private bool _isWanted;
    private bool _isOpen;
    private string _password = "";

    /// <summary>Initializes the access point.</summary>
    /// <param name="port">The page's port, or 0 for any that is free, which it then keeps.</param>
    public SimulatedAccessPoint(int port)
    {
        Port = port == AnyPort ? FindFreePort() : port;
        Url = new UriBuilder(Uri.UriSchemeHttp, Address, Port).Uri;
    }

    public string Address => IPAddress.Loopback.ToString();

    public int Port { get; }

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _isOpen;
            }
        }
    }

    public string Password
    {
        get
        {
            lock (_gate)
            {
                return _password;
            }
        }
    }

    /// <summary>Gets the page's URL.</summary>
    public Uri Url { get; }

    public bool Open(string ssid, string password)
    {
        lock (_gate)
        {
            _isWanted = true;
            _password = password;
            return false;
        }
    }

    public bool Close()
    {
        lock (_gate)
        {
            _isWanted = false;
            return false;
        }
    }

    // This computer has an address, and finds the board by it.
    public IDatagramSocket? OpenDatagrams(int port)
    {
        return null;
    }

    /// <summary>Comes up with the board, or does not.</summary>
    public void SetPower(bool hasPower)
    {
        lock (_gate)
        {
            _isOpen = hasPower && _isWanted;
        }
    }

    /// <summary>Opens the page's socket.</summary>
    /// <param name="backlog">How many connections may wait to be taken.</param>
    public Socket Listen(int backlog)
    {
        Socket socket = Bind(Port);
        socket.Listen(backlog);
        return socket;
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static int FindFreePort()
    {
        using Socket any = Bind(AnyPort);
        return ((IPEndPoint)any.LocalEndPoint!).Port;
    }
}
