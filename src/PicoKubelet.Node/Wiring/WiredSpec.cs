using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>Something that is wired to the board, as a line of the ConfigMap describes it. It is never changed.</summary>
public abstract class WiredSpec
{
    /// <summary>Initializes what the line begins with.</summary>
    /// <param name="name">The name, which no other line of its key has.</param>
    protected WiredSpec(string name)
    {
        Name = name;
    }

    /// <summary>Gets the name, which no other line of its key has.</summary>
    public string Name { get; }

    /// <summary>Gets what it is.</summary>
    public abstract WiredKind Kind { get; }

    /// <summary>Compares two of a kind.</summary>
    /// <param name="other">Another one of this kind.</param>
    /// <returns>Whether both are described alike.</returns>
    public abstract bool IsSameAs(WiredSpec other);

    /// <summary>Writes what a line has behind <c>name=</c>, never longer than the text that it was read from.</summary>
    /// <param name="output">Where to.</param>
    public abstract void Write(Utf8Writer output);
}
