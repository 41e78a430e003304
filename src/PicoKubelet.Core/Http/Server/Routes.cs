using PicoKubelet.Text;

namespace PicoKubelet.Http.Server;

/// <summary>The table of what a port serves.</summary>
public sealed class Routes
{
    /// <summary>The methods of what can be read. HEAD works wherever GET does.</summary>
    public const string Reading = "GET, HEAD";

    // Beside the access, in a route's number.
    private const int OrBelow = 0x80;

    // The table's columns, which take less than half of what an object a row does.
    private readonly string[] _paths;
    private readonly byte[] _access;
    private readonly IEndpoint[] _endpoints;

    /// <summary>Initializes the table.</summary>
    /// <param name="capacity">How many routes it holds: 31 at most, as many as <see cref="ReplyCounts"/> tells apart beside what is no route.</param>
    public Routes(int capacity)
    {
        _paths = Strings.NewArray(capacity);
        _access = new byte[capacity];
        _endpoints = new IEndpoint[capacity];
    }

    /// <summary>Gets the number of routes; as an index, it stands for everything else.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a route.</summary>
    /// <param name="path">The path.</param>
    /// <param name="access">Who may use it.</param>
    /// <param name="endpoint">What answers.</param>
    public void Add(string path, Access access, IEndpoint endpoint)
    {
        _paths[Count] = path;
        _access[Count] = (byte)access;
        _endpoints[Count] = endpoint;
        Count++;
    }

    /// <summary>Adds a route for a path and for everything below it.</summary>
    /// <param name="path">The path, without a slash at its end.</param>
    /// <param name="access">Who may use it.</param>
    /// <param name="endpoint">What answers.</param>
    public void AddBelow(string path, Access access, IEndpoint endpoint)
    {
        Add(path, access, endpoint);
        _access[Count - 1] |= OrBelow;
    }

    /// <summary>Gets a route's path for people and metrics.</summary>
    /// <param name="index">The route, or <see cref="Count"/>.</param>
    /// <returns>The path as it was added.</returns>
    public string NameOf(int index)
    {
        return index < Count ? _paths[index] : "other";
    }

    internal Access AccessOf(int index)
    {
        return (Access)(_access[index] & ~OrBelow);
    }

    internal IEndpoint EndpointOf(int index)
    {
        return _endpoints[index];
    }

    internal bool Allows(int index, string method)
    {
        string methods = _endpoints[index].Methods;
        return methods == null || methods == method || (methods == Reading && (method == Method.Get || method == Method.Head));
    }

    /// <returns>The route's index, or <see cref="Count"/> where there is none.</returns>
    internal int Find(ServerRequest request)
    {
        int index = 0;
        while (index < Count && !request.PathIs(_paths[index], (_access[index] & OrBelow) != 0))
        {
            index++;
        }

        return index;
    }
}
