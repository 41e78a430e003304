using PicoKubelet.Text;

namespace PicoKubelet.Settings;

/// <summary>A few labels in the order in which they were given.</summary>
public sealed class Labels
{
    private readonly int _capacity;
    private string[] _keys;
    private string[] _values;

    /// <summary>Initializes an empty set.</summary>
    /// <param name="capacity">The most labels that it can hold.</param>
    public Labels(int capacity)
    {
        _capacity = capacity;
    }

    /// <summary>Gets the number of labels.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether no more labels can be added.</summary>
    public bool IsFull => Count == _capacity;

    /// <summary>Gets a label's key.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The key.</returns>
    public string Key(int index)
    {
        return _keys[index];
    }

    /// <summary>Gets a label's value.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The value.</returns>
    public string Value(int index)
    {
        return _values[index];
    }

    /// <summary>Adds a label, or replaces the value of one that is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public void Set(string key, string value)
    {
        int index = IndexOf(key);
        if (index < 0)
        {
            // Made with the first of them: most boards have no labels but their own.
            _keys = _keys ?? Strings.NewArray(_capacity);
            _values = _values ?? Strings.NewArray(_capacity);
            index = Count++;
            _keys[index] = key;
        }

        _values[index] = value;
    }

    /// <summary>Removes all labels.</summary>
    public void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            _keys[i] = null;
            _values[i] = null;
        }

        Count = 0;
    }

    /// <summary>Compares with another set.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>Whether both hold the same labels with the same values, in whatever order.</returns>
    public bool IsSameAs(Labels other)
    {
        for (int i = 0; i < Count; i++)
        {
            int index = other.IndexOf(_keys[i]);
            if (index < 0 || other._values[index] != _values[i])
            {
                return false;
            }
        }

        return Count == other.Count;
    }

    /// <summary>Finds a label.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Its index, or -1.</returns>
    public int IndexOf(string key)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_keys[i] == key)
            {
                return i;
            }
        }

        return -1;
    }
}
