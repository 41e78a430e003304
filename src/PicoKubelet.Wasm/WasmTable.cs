using System;

namespace PicoKubelet.Wasm;


/// <summary>A table of functions, possibly shared by several instances.</summary>
public sealed class WasmTable
{
    // A function's index plus one, 0 where there is none.
    internal int[] Elements;

    // Whose functions they are: Home's, unless there are Owners.
    internal WasmInstance Home;
    internal WasmInstance[] Owners;

    /// <summary>A table.</summary>
    /// <param name="elements">Its length; all elements are null.</param>
    /// <param name="maximum">The maximum of its type, -1 without one.</param>
    public WasmTable(int elements, int maximum)
    {
        Elements = new int[elements];
        Maximum = maximum;
    }

    /// <summary>Its number of elements.</summary>
    public int Length => Elements.Length;

    /// <summary>The maximum of its type, -1 without one.</summary>
    public int Maximum { get; }

    /// <summary>The function at an index, null where there is none.</summary>
    public WasmFunction Get(int index) => Elements[index] == 0 ? null : new WasmFunction(OwnerOf(index), Elements[index] - 1);

    internal WasmInstance OwnerOf(int index) => Owners == null ? Home : Owners[index];

    /// <summary>Whether elements from an unsigned index on lie within the table.</summary>
    internal bool Holds(int index, int count) => count >= 0 && index >= 0 && index <= Elements.Length - count;

    internal void Set(int index, WasmInstance owner, int element)
    {
        Elements[index] = element;
        if (Home == null)
        {
            Home = owner;
        }

        if (Owners != null)
        {
            Owners[index] = owner;
        }
        else if (owner != Home && element != 0)
        {
            Owners = new WasmInstance[Elements.Length];
            for (var i = 0; i < Owners.Length; i++)
            {
                Owners[i] = Home;
            }

            Owners[index] = owner;
        }
    }

    internal static void Copy(WasmTable from, int source, WasmTable to, int destination, int count)
    {
        var backwards = destination > source;
        for (var i = 0; i < count; i++)
        {
            var k = backwards ? count - 1 - i : i;
            to.Set(destination + k, from.OwnerOf(source + k), from.Elements[source + k]);
        }
    }
}
