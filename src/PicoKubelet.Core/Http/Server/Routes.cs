namespace PicoKubelet.Http.Server;

/// <summary>
/// What a port serves: its paths, who may have each, and what answers. All of it is code, since on a device a table of paths and of
/// what answers them would take heap all the time; what answers is made for each request.
/// </summary>
public abstract class Routes
{
    /// <summary>The methods of what can be read. HEAD works wherever GET does.</summary>
    public const string Reading = "GET, HEAD";

    /// <summary>
    /// Gets the number of routes, 31 at most: as many as <see cref="ReplyCounts"/> tells apart beside what is no route. As an index, it
    /// stands for everything else.
    /// </summary>
    public abstract int Count { get; }

    /// <summary>Gets a route's path for people and metrics.</summary>
    /// <param name="index">The route, or <see cref="Count"/>.</param>
    /// <returns>The path.</returns>
    public string NameOf(int index)
    {
        return index < Count ? PathOf(index) : "other";
    }

    /// <summary>Gets a route's path.</summary>
    /// <param name="index">The route.</param>
    /// <returns>The path, without a slash at its end.</returns>
    protected abstract string PathOf(int index);

    /// <summary>Gets whether a route is for everything below its path too.</summary>
    /// <param name="index">The route.</param>
    /// <returns>Whether it is.</returns>
    protected abstract bool HoldsBelow(int index);

    /// <summary>Gets who may use a route.</summary>
    /// <param name="index">The route.</param>
    /// <returns>Who.</returns>
    protected internal abstract Access AccessOf(int index);

    /// <summary>Makes what answers a request.</summary>
    /// <param name="index">The route.</param>
    /// <returns>What answers; it is asked once.</returns>
    protected internal abstract IEndpoint MakeEndpoint(int index);

    internal static bool Allows(IEndpoint endpoint, string method)
    {
        string methods = endpoint.Methods;
        return methods == null || methods == method || (methods == Reading && (method == Method.Get || method == Method.Head));
    }

    /// <returns>The route's index, or <see cref="Count"/> where there is none.</returns>
    internal int Find(ServerRequest request)
    {
        int index = 0;
        while (index < Count && !request.PathIs(PathOf(index), HoldsBelow(index)))
        {
            index++;
        }

        return index;
    }
}
