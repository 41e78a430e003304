using System.Text.Json.Nodes;

namespace PicoKubelet.ApiServer.Applying;

/// <summary>
/// Fields of an object, as managedFields names them: a tree of steps, "f:NAME" to a member, "k:{KEY}" to a list's item by its key,
/// "v:VALUE" to a plain value in a list. Source: structured-merge-diff's fieldpath.
/// </summary>
internal sealed class FieldSet
{
    private const string Own = ".";

    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);
    private bool _isMember;

    /// <summary>Whether there is no field.</summary>
    public bool IsEmpty => !_isMember && _children.Values.All(child => child.IsEmpty);

    /// <summary>Reads the form that managedFields has.</summary>
    public static FieldSet Parse(JsonObject? fields)
    {
        var set = new FieldSet();
        if (fields is null)
        {
            return set;
        }
        foreach (var (step, child) in fields.Where(entry => entry.Key != Own))
        {
            set._children[step] = child is JsonObject { Count: > 0 } inner ? Parse(inner) : new FieldSet { _isMember = true };
        }
        set._isMember = fields.ContainsKey(Own);
        return set;
    }

    /// <summary>Writes the form that managedFields has.</summary>
    public JsonObject ToJson()
    {
        var fields = new JsonObject();
        var children = _children.Where(entry => !entry.Value.IsEmpty).ToList();
        if (_isMember && children.Count > 0)
        {
            fields[Own] = new JsonObject();
        }
        foreach (var (step, child) in children)
        {
            fields[step] = child.ToJson();
        }
        return fields;
    }

    /// <summary>Adds a field.</summary>
    public void Add(FieldPath path)
    {
        var set = this;
        foreach (var step in path.Steps)
        {
            if (!set._children.TryGetValue(step, out var child))
            {
                child = new FieldSet();
                set._children[step] = child;
            }
            set = child;
        }
        set._isMember = true;
    }

    /// <summary>Takes a field away.</summary>
    public void Remove(FieldPath path)
    {
        if (Find(path) is { } set)
        {
            set._isMember = false;
        }
    }

    /// <summary>Whether the field is one of these.</summary>
    public bool Contains(FieldPath path) => Find(path)?._isMember == true;

    /// <summary>Whether the field or anything in it is one of these.</summary>
    public bool Touches(FieldPath path) => Find(path) is { IsEmpty: false };

    /// <summary>All fields; what is in one comes behind it.</summary>
    public IEnumerable<FieldPath> Paths() => Paths([]);

    private IEnumerable<FieldPath> Paths(string[] steps)
    {
        if (_isMember)
        {
            yield return new FieldPath(steps);
        }
        foreach (var (step, child) in _children)
        {
            foreach (var path in child.Paths([.. steps, step]))
            {
                yield return path;
            }
        }
    }

    private FieldSet? Find(FieldPath path)
    {
        var set = this;
        foreach (var step in path.Steps)
        {
            if (!set._children.TryGetValue(step, out set!))
            {
                return null;
            }
        }
        return set;
    }
}
