namespace PicoKubelet.Kubelet;

/// <summary>A path of the kubelet's port.</summary>
internal sealed class Route
{
    public Route(string path, string methods, Access access, IEndpoint endpoint)
    {
        Path = path;
        Methods = methods;
        Access = access;
        Endpoint = endpoint;
    }

    public string Path { get; }

    /// <summary>Gets the methods as in a 405's <c>Allow</c>; null for every method, and for what is below the path too.</summary>
    public string Methods { get; }

    public Access Access { get; }

    public IEndpoint Endpoint { get; }

    public bool Allows(string method)
    {
        return Methods == null || Methods == method || (Methods == Routes.Reading && (method == Method.Get || method == Method.Head));
    }
}
