namespace PicoKubelet.Kubelet;

/// <summary>What answers the requests of a route. It keeps nothing of a request: several may be in service at once.</summary>
internal interface IEndpoint
{
    /// <summary>Gets the methods as in a 405's <c>Allow</c>; null for every method, and for what is below the route's path too.</summary>
    string Methods { get; }

    /// <summary>Answers a request that may use the route.</summary>
    /// <param name="request">The request. Its body, if it has one, may be read once.</param>
    /// <param name="answer">The answer, to be begun and ended.</param>
    void Answer(KubeletRequest request, KubeletAnswer answer);
}
