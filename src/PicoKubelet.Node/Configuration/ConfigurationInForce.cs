using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Wiring;

namespace PicoKubelet.Configuration;

/// <summary>Puts values in force, and tries again what could not be.</summary>
internal sealed class ConfigurationInForce
{
    private readonly NodeConfiguration _configuration;
    private readonly ConfigurationTargets _targets;
    private readonly IClock _clock;
    private long _nextTrial;

    public ConfigurationInForce(NodeConfiguration configuration, IOutputs outputs, IClock clock, Logger log)
    {
        _configuration = configuration;
        _targets = new ConfigurationTargets(log, outputs);
        _clock = clock;
    }

    /// <summary>Sets what makes use of what is wired to the board.</summary>
    public IWired Wired
    {
        set => _targets.Wired = value;
    }

    /// <summary>Gets whether something could not be put in force.</summary>
    public bool HasFailed => _targets.HasFailed;

    /// <summary>Puts values in force.</summary>
    /// <param name="values">The values.</param>
    /// <param name="report">Takes what threw.</param>
    public void Apply(ConfigurationValues values, ConfigurationReport report)
    {
        ConfigurationValues inForce = _configuration.Values;
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKey key = ConfigurationKeys.Get(i);
            if (!key.AreSame(values, inForce))
            {
                key.Copy(values, inForce);
            }
        }

        // What is equal is kept once.
        inForce.NodeLabels = values.NodeLabels;
        inForce.NodeAnnotations = values.NodeAnnotations;
        inForce.Programs = values.Programs;
        for (int kind = 0; kind < (int)WiredKind.Count; kind++)
        {
            inForce.SetWired((WiredKind)kind, values.Wired((WiredKind)kind));
        }

        _nextTrial = _clock.Milliseconds + _configuration.PollMilliseconds;
        _targets.Apply(inForce, report);
    }

    /// <summary>
    /// Tries again what could not be put in force, now and then: also without a network, and where the ConfigMap can not be read. The
    /// next look at that reports it.
    /// </summary>
    public void TryAgain()
    {
        if (_targets.HasFailed && _clock.Milliseconds >= _nextTrial)
        {
            _nextTrial = _clock.Milliseconds + _configuration.PollMilliseconds;
            _targets.Apply(_configuration.Values, null);
        }
    }
}
