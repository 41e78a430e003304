namespace PicoKubelet.Http.Server;

/// <summary>Makes what serves a port's requests.</summary>
public interface IHandlerFactory
{
    /// <summary>Makes a handler, one for each connection in service.</summary>
    /// <returns>The handler, with buffers of its own.</returns>
    IRequestHandler CreateHandler();
}
