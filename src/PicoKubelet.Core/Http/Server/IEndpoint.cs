namespace PicoKubelet.Http.Server;

/// <summary>What answers the requests of a route. It keeps nothing of a request: several may be in service at once.</summary>
public interface IEndpoint
{
    /// <summary>Gets the methods as in a 405's <c>Allow</c>, or null for every method.</summary>
    string Methods { get; }

    /// <summary>Answers a request that may use the route.</summary>
    /// <param name="request">The request. Its body, if it has one, may be read once.</param>
    /// <param name="answer">The answer, to be begun and ended.</param>
    /// <exception cref="RequestException">The request can not be answered; this says with which status.</exception>
    void Answer(ServerRequest request, ServerAnswer answer);
}
