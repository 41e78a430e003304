using PicoKubelet.ApiServer;
using PicoKubelet.Bench;
using PicoKubelet.VirtualBoard;

// A board that is a node of an embedded API server, as in life; its log is built and thrown away.
await using EmbeddedApiServer server = await EmbeddedApiServer.StartAsync(new ApiServerOptions { Https = false });
await using SimulatedBoard board = new(new BoardOptions
{
    Name = "bench",
    ApiServer = server.Url,
    Token = server.AdminToken ?? "none",
    Address = "127.0.88.1",
    KubeletToken = RequestBench.Token,
});
board.Start();
for (int i = 0; i < 200 && !board.State.IsRegistered; i++)
{
    await Task.Delay(100);
}

Console.WriteLine($"{"endpoint",-22} {"B answered",10} {"B allocated",12} {"again",8} {"requests/s",11}");
foreach (string path in RequestBench.Paths)
{
    Console.WriteLine(RequestBench.Measure(board, path));
}

Console.WriteLine(PollBench.Measure());
Console.WriteLine($"{"/healthz, 4 clients",-22} {string.Empty,32} {RequestBench.MeasureParallel(board, "/healthz", 4),11:F0}");
