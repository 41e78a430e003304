namespace PicoKubelet.ApiServer.Applying;

/// <summary>A field that another manager set to another value.</summary>
internal readonly record struct FieldConflict(FieldManager Manager, FieldPath Field);
