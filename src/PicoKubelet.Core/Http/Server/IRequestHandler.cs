namespace PicoKubelet.Http.Server;

/// <summary>Serves requests, one at a time, with buffers of its own.</summary>
public interface IRequestHandler
{
    /// <summary>Serves the request that comes over a connection.</summary>
    /// <param name="connection">The client's connection, which the caller closes, also after an exception: the client's going away is one.</param>
    void Serve(IClientConnection connection);
}
