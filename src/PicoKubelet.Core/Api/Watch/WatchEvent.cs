namespace PicoKubelet.Api.Watch;

/// <summary>What became of an object that is watched.</summary>
public enum WatchEvent
{
    /// <summary>No event that is known, or ERROR. No resource is given one.</summary>
    None,

    /// <summary>It was there when all was read.</summary>
    Listed,

    /// <summary>ADDED.</summary>
    Added,

    /// <summary>MODIFIED.</summary>
    Modified,

    /// <summary>DELETED: what was read is its last state.</summary>
    Deleted,

    /// <summary>BOOKMARK: nothing but the version. No resource is given one.</summary>
    Bookmark,
}
