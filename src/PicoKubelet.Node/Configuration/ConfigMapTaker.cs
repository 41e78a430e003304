using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Settings;

namespace PicoKubelet.Configuration;

/// <summary>Acts on what a look at the ConfigMap found: puts it in force, has it stored and reported, tells it.</summary>
internal sealed class ConfigMapTaker
{
    // What only a person can mend is told only when it is said twice: an API server that has just started answers 403 until it
    // knows the rights.
    private const int RefusalsToTell = 2;

    private readonly ConfigMapReader _reader;
    private readonly DeviceSettings _settings;
    private readonly ConfigurationInForce _inForce;
    private readonly ConfigurationStore _store;
    private readonly NodeMetadataController _metadata;
    private readonly ConfigurationTeller _teller;
    private readonly ConfigurationState _state;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly string _configMap;
    private bool _isAbsent;
    private bool _isForbidden;
    private bool _hasFailed;
    private int _refusals;

    public ConfigMapTaker(
        ConfigMapReader reader, DeviceSettings settings, ConfigurationInForce inForce, ConfigurationStore store,
        NodeMetadataController metadata, ConfigurationTeller teller, ConfigurationState state, IClock clock, Logger log, string configMap)
    {
        _reader = reader;
        _settings = settings;
        _inForce = inForce;
        _store = store;
        _metadata = metadata;
        _teller = teller;
        _state = state;
        _clock = clock;
        _log = log;
        _configMap = configMap;
    }

    /// <summary>Gets whether there was a ConfigMap or none, and it was taken.</summary>
    public bool HasTaken { get; private set; }

    /// <summary>Gets the version that was taken last, or null where there was none.</summary>
    public string TakenVersion { get; private set; }

    /// <summary>Takes what was found.</summary>
    /// <param name="finding">What.</param>
    /// <param name="result">What went wrong, or null where others tell it.</param>
    /// <returns>Whether that is all: otherwise it is to be found again.</returns>
    public bool Take(ConfigMapFinding finding, ApiResult result)
    {
        bool isDone = Act(finding, result);
        _reader.Forget();
        return isDone;
    }

    private bool Act(ConfigMapFinding finding, ApiResult result)
    {
        switch (finding)
        {
            case ConfigMapFinding.Unchanged:
                _state.PollsUnchanged++;
                break;
            case ConfigMapFinding.Found:
                OnFound(_reader.ResourceVersion, _reader.Report);
                break;
            case ConfigMapFinding.TooLarge:
                OnTooLarge();
                break;
            case ConfigMapFinding.Absent:
                OnAbsent(_reader.Report);
                break;
            case ConfigMapFinding.Forbidden:
                OnForbidden();
                return false;
            default:
                OnFailed(result);
                return false;
        }

        if (finding != ConfigMapFinding.Unchanged)
        {
            TakenVersion = finding == ConfigMapFinding.Absent ? null : _reader.ResourceVersion;
            HasTaken = true;
        }

        _state.LastPoll = _clock.Milliseconds;
        _refusals = 0;
        _isForbidden = false;
        _hasFailed = false;
        return !_inForce.HasFailed;
    }

    private void OnFound(string version, ConfigurationReport report)
    {
        _isAbsent = false;
        _inForce.Apply(_reader.Values, report);
        _store.MarkChanged();
        if (report.Failures == 0)
        {
            _state.AppliedVersion = version;
        }

        _metadata.Want(_state.AppliedVersion);
        if (report.IsClean)
        {
            _state.PollsApplied++;
            if (_teller.Tell(version, true, "Applied", "resourceVersion " + version + " of the ConfigMap " + _configMap + " is in force", "the ConfigMap " + _configMap + " is in force"))
            {
                _log.Info("configuration applied", "configMap", _configMap, "resourceVersion", version);
            }

            return;
        }

        _state.PollsRejected++;
        if (_teller.Tell(version, false, report.Reason, report.MakeMessage()))
        {
            _log.Warn("configuration applied in part", "resourceVersion", version, "error", _state.Message);
        }
    }

    private void OnTooLarge()
    {
        _isAbsent = false;
        _state.PollsRejected++;
        string message = "the data of the ConfigMap " + _configMap + " is larger than " + (ConfigMapReader.MaxDataBytes / 1024).ToString() + " KB; nothing of it is in force";
        if (_teller.Tell(_reader.ResourceVersion, false, "TooLarge", message))
        {
            _log.Warn("configuration refused", "error", message);
        }
    }

    private void OnAbsent(ConfigurationReport report)
    {
        _state.PollsAbsent++;
        if (_isAbsent && !_isForbidden)
        {
            return;
        }

        bool isGone = _state.AppliedVersion != null || _metadata.ReportedVersion != null;
        report.Clear();
        _inForce.Apply(ConfigurationKeys.MakeDefaults(_settings), report);
        _isAbsent = report.Failures == 0;
        _store.MarkChanged();
        _state.AppliedVersion = null;
        _metadata.Want(null);
        if (report.Failures == 0)
        {
            _log.Info("no ConfigMap; the defaults are in force", "configMap", _configMap);
            _teller.TellAbsent(
                "there is no ConfigMap " + _configMap + "; the defaults are in force", isGone ? "the ConfigMap " + _configMap + " is gone; the defaults are in force" : null);
        }
        else if (_teller.Tell(null, false, report.Reason, report.MakeMessage()))
        {
            _log.Warn("no ConfigMap; the defaults are in force in part", "error", _state.Message);
        }
    }

    private void OnForbidden()
    {
        _state.PollsForbidden++;
        _refusals++;
        if (_isForbidden || _refusals < RefusalsToTell)
        {
            return;
        }

        // The node stays Ready: it does all else that it is there for.
        _isForbidden = true;
        string message = ConfigMapDuty.Forbidden + " " + _configMap;
        _teller.SetCondition(false, "Forbidden", message);
        _log.Warn(message);
    }

    private void OnFailed(ApiResult result)
    {
        _state.PollsFailed++;
        if (!_hasFailed && result != null)
        {
            _log.Warn("ConfigMap could not be read", "error", result.Describe());
        }

        _hasFailed = true;
    }
}
