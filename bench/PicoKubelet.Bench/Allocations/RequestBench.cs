using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PicoKubelet.VirtualBoard;

namespace PicoKubelet.Bench.Allocations;

/// <summary>Measures what a request costs the server: one connection each, as the kubelet's port serves them.</summary>
internal static class RequestBench
{
    public const string Token = "bench-token";

    private const int WarmUp = 300;
    private const int Requests = 1000;

    public static readonly string[] Paths =
    [
        "/healthz", "/healthz?verbose=1", "/readyz", "/pods", "/metrics", "/metrics/resource", "/stats/summary", "/spec",
        "/configz", "/pico/status", "/pico/memory", "/pico/gpio", "/exec/a/b/c", "/nowhere",
    ];

    /// <summary>Measures twice: a server that leaves nothing behind has the same figure both times.</summary>
    public static string[] Measure(SimulatedBoard board, string path)
    {
        Client client = new(board, path);
        client.Run(WarmUp);
        Stopwatch watch = Stopwatch.StartNew();
        long first = client.AllocatedByServer(Requests);
        double perSecond = Requests / watch.Elapsed.TotalSeconds;
        long second = client.AllocatedByServer(Requests);
        return [path, $"{client.AnswerBytes}", $"{first / Requests}", $"{second / Requests}", $"{perSecond:F0}"];
    }

    /// <summary>Measures how many requests a second several clients get together.</summary>
    public static double MeasureParallel(SimulatedBoard board, string path, int clients)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, clients).Select(_ => new Thread(() => new Client(board, path).Run(Requests)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return clients * Requests / watch.Elapsed.TotalSeconds;
    }

    private sealed class Client
    {
        private readonly IPEndPoint _endPoint;
        private readonly byte[] _request;
        private readonly byte[] _buffer = new byte[16 * 1024];

        public Client(SimulatedBoard board, string path)
        {
            _endPoint = new IPEndPoint(IPAddress.Parse(board.Address), board.KubeletPort);
            _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {Token}\r\n\r\n");
        }

        public int AnswerBytes { get; private set; }

        public void Run(int requests)
        {
            for (int i = 0; i < requests; i++)
            {
                Request();
            }
        }

        /// <summary>Counts what the process allocates less what this thread does: all other threads are the server's.</summary>
        public long AllocatedByServer(int requests)
        {
            long ownBefore = GC.GetAllocatedBytesForCurrentThread();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Run(requests);
            long all = GC.GetTotalAllocatedBytes(precise: true) - before;
            return all - (GC.GetAllocatedBytesForCurrentThread() - ownBefore);
        }

        private void Request()
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(_endPoint);
            socket.Send(_request);
            int total = 0;
            int count;
            while ((count = socket.Receive(_buffer)) > 0)
            {
                total += count;
            }

            AnswerBytes = total;
        }
    }
}
