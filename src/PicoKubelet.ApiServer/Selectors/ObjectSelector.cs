using PicoKubelet.ApiServer.Storage;

namespace PicoKubelet.ApiServer.Selectors;

/// <summary>The selectors of a list, a watch or a deletecollection.</summary>
internal sealed class ObjectSelector(LabelSelector labels, FieldSelector fields, string? ns)
{
    /// <summary>Whether the object is meant.</summary>
    public bool Matches(StoredObject item) =>
        (ns is null || item.Namespace == ns) && labels.Matches(item) && fields.Matches(item);
}
