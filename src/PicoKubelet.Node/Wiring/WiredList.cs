namespace PicoKubelet.Wiring;

/// <summary>What a key of the ConfigMap wires to the board. Sets of values share it, so it is replaced and not changed once it was read.</summary>
public sealed class WiredList
{
    /// <summary>Nothing at all.</summary>
    public static readonly WiredList None = new WiredList(0);

    private readonly WiredSpec[] _specs;

    /// <summary>Initializes an empty list.</summary>
    /// <param name="capacity">How many it takes.</param>
    public WiredList(int capacity)
    {
        _specs = new WiredSpec[capacity];
    }

    /// <summary>Gets how many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether no more can be added.</summary>
    public bool IsFull => Count == _specs.Length;

    /// <summary>Gets one of them.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>What the line says.</returns>
    public WiredSpec Get(int index)
    {
        return _specs[index];
    }

    /// <summary>Finds the one of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>What its line says, or null.</returns>
    public WiredSpec Find(string name)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_specs[i].Name == name)
            {
                return _specs[i];
            }
        }

        return null;
    }

    /// <summary>Compares two lists of a kind, the order too.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>Whether they are the same.</returns>
    public bool IsSameAs(WiredList other)
    {
        bool isSame = Count == other.Count;
        for (int i = 0; isSame && i < Count; i++)
        {
            isSame = _specs[i].Name == other._specs[i].Name && _specs[i].IsSameAs(other._specs[i]);
        }

        return isSame;
    }

    /// <summary>Adds one, where there is room.</summary>
    /// <param name="spec">What its line says.</param>
    public void Add(WiredSpec spec)
    {
        _specs[Count++] = spec;
    }
}
