using PicoKubelet.Text;

namespace PicoKubelet.Hardware;

/// <summary>The strongest Wi-Fi networks nearby, strongest first, each name once.</summary>
public sealed class WifiList
{
    /// <summary>The most that are kept: a list for a person to choose from.</summary>
    public const int Capacity = 12;

    private readonly string[] _names = Strings.NewArray(Capacity);
    private readonly int[] _signals = new int[Capacity];

    /// <summary>Gets the number of networks.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a network's name.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The name.</returns>
    public string Name(int index)
    {
        return _names[index];
    }

    /// <summary>Gets a network's signal.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its strength, dBm.</returns>
    public int Signal(int index)
    {
        return _signals[index];
    }

    /// <summary>Adds a network, unless it hides its name or is weaker than all of a full list.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dbm">The strength of its signal, dBm.</param>
    public void Add(string name, int dbm)
    {
        if (name == null || name.Length == 0 || !MakeRoom(name, dbm))
        {
            return;
        }

        int at = Count++;
        for (; at > 0 && _signals[at - 1] < dbm; at--)
        {
            Move(at - 1, at);
        }

        _names[at] = name;
        _signals[at] = dbm;
    }

    /// <summary>Takes out the weaker one of the same name, or the weakest one of a full list.</summary>
    private bool MakeRoom(string name, int dbm)
    {
        int remove = Count == Capacity ? Count - 1 : -1;
        for (int i = 0; i < Count; i++)
        {
            if (_names[i] == name)
            {
                remove = i;
            }
        }

        if (remove < 0)
        {
            return true;
        }

        if (_signals[remove] >= dbm)
        {
            return false;
        }

        Count--;
        for (int i = remove; i < Count; i++)
        {
            Move(i + 1, i);
        }

        return true;
    }

    private void Move(int from, int to)
    {
        _names[to] = _names[from];
        _signals[to] = _signals[from];
    }
}
