using System.Net.Sockets;

namespace PicoKubelet.IntegrationTests.Faults;

/// <summary>One request in service, for a fault to answer as it likes.</summary>
/// <param name="Request">What the board sent.</param>
/// <param name="Client">The board's connection.</param>
/// <param name="ForwardAsync">Sends a request on to the cluster and gives its reply.</param>
/// <param name="Stopping">Cancelled when the proxy ends.</param>
internal sealed record Exchange(
    RecordedRequest Request,
    Socket Client,
    Func<RecordedRequest, Task<Reply>> ForwardAsync,
    CancellationToken Stopping)
{
    /// <summary>Sends the board's request on to the cluster.</summary>
    /// <returns>The cluster's reply.</returns>
    public Task<Reply> FetchAsync()
    {
        return ForwardAsync(Request);
    }

    /// <summary>Sends bytes to the board.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await Client.SendAsync(bytes, Stopping)..];
        }
    }
}
