using System;

namespace PicoKubelet.Settings;

/// <summary>A settings document that can not be used.</summary>
public class SettingsException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="field">The field, such as <c>kubelet.port</c>, or null where the document as a whole is at fault.</param>
    /// <param name="rule">What it must be.</param>
    public SettingsException(string field, string rule)
        : base(field == null ? rule : field + ": " + rule)
    {
        Field = field;
    }

    /// <summary>Gets the field, or null where the document as a whole is at fault.</summary>
    public string Field { get; }
}
