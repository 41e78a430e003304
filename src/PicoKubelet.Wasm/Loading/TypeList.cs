namespace PicoKubelet.Wasm;


/// <summary>The function types: for each the number of parameters, that of results, and the types of both.</summary>
internal sealed class TypeList
{
    private readonly byte[][] _types;

    public TypeList(int count)
    {
        _types = new byte[count][];
    }

    public int Count { get; private set; }

    /// <summary>Adds a type. One that is there already is kept once, so that comparing two costs nothing.</summary>
    public void Add(byte[] type)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Same(_types[i], type))
            {
                type = _types[i];
                break;
            }
        }

        _types[Count++] = type;
    }

    /// <summary>The first type that is the same.</summary>
    public int Canonical(int index)
    {
        var first = 0;
        while (_types[first] != _types[index])
        {
            first++;
        }

        return first;
    }

    public byte[] this[int index] => _types[index];

    public int ParameterCount(int index) => _types[index][0];

    public int ResultCount(int index) => _types[index][1];

    public int Parameter(int index, int parameter) => _types[index][2 + parameter];

    public int Result(int index, int result) => _types[index][2 + _types[index][0] + result];

    /// <summary>I64 and F64 are wide: they have even numbers.</summary>
    public static bool IsWide(int type) => (type & 1) == 0 && type != 0;

    public static bool Same(byte[] one, byte[] other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i])
            {
                return false;
            }
        }

        return true;
    }
}
