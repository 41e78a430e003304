using PicoKubelet.Events;
using PicoKubelet.Logging;

namespace PicoKubelet.Configuration;

/// <summary>Tells what became of a ConfigMap: in the Node's condition, and by an Event where the Node does not show it yet.</summary>
internal sealed class ConfigurationTeller
{
    private readonly ConfigurationState _state;
    private readonly NodeMetadataController _metadata;
    private readonly EventRecorder _events;
    private readonly Logger _log;
    private string _toldVersion;
    private bool _hasNews;

    public ConfigurationTeller(ConfigurationState state, NodeMetadataController metadata, EventRecorder events, Logger log)
    {
        _state = state;
        _metadata = metadata;
        _events = events;
        _log = log;
    }

    /// <summary>Gets whether the condition changed since the last call, which a heartbeat should tell.</summary>
    public bool TakeNews()
    {
        bool hasNews = _hasNews;
        _hasNews = false;
        return hasNews;
    }

    /// <summary>Tells what became of a version, unless the same was told before.</summary>
    /// <param name="version">The resourceVersion, or null where there is no ConfigMap.</param>
    /// <param name="isApplied">Whether all of it is in force.</param>
    /// <param name="reason">The condition's reason.</param>
    /// <param name="message">The condition's message.</param>
    /// <param name="eventMessage">The Event's message where it is another one, so that the same again raises its count; or null.</param>
    /// <returns>Whether it is worth a line in the log.</returns>
    public bool Tell(string version, bool isApplied, string reason, string message, string eventMessage = null)
    {
        if (version == _toldVersion && _state.Reason == reason && _state.Message == message)
        {
            return false;
        }

        bool isNews = reason == ConfigurationReport.ApplyFailed || _state.Reason == ConfigurationReport.ApplyFailed
            || (version != _toldVersion && version != _metadata.ReportedVersion);
        _toldVersion = version;
        SetCondition(isApplied, reason, message);
        if (isNews)
        {
            Record(isApplied, eventMessage ?? message);
        }

        return true;
    }

    /// <summary>Tells that there is no ConfigMap.</summary>
    /// <param name="message">The condition's message.</param>
    /// <param name="eventMessage">The Event's, or null where there was none before either.</param>
    public void TellAbsent(string message, string eventMessage)
    {
        SetCondition(true, "Defaults", message);
        _toldVersion = null;
        if (eventMessage != null)
        {
            Record(true, eventMessage);
        }
    }

    /// <summary>Sets the condition.</summary>
    public void SetCondition(bool isApplied, string reason, string message)
    {
        message = _log.Secrets.Mask(message);
        _hasNews |= _state.Reason != reason || _state.Message != message;
        _state.Set(isApplied, reason, message);
    }

    private void Record(bool isApplied, string message)
    {
        _events.Record(
            isApplied ? EventRecorder.Normal : EventRecorder.Warning, isApplied ? EventReason.ConfigurationApplied : EventReason.ConfigurationRejected, message);
        _metadata.SendSoon();
    }
}
