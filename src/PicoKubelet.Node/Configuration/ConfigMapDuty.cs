using System;
using PicoKubelet.Api;
using PicoKubelet.Hardware;
using PicoKubelet.Runtime;
using PicoKubelet.Time;

namespace PicoKubelet.Configuration;

/// <summary>Looks at the ConfigMap: polls it, or where it is watched takes what the watch found and looks when somebody asks.</summary>
internal sealed class ConfigMapDuty : INodeDuty
{
    /// <summary>What is told where the ConfigMap may not be read.</summary>
    public const string Forbidden = "the node's token may not read the ConfigMap";

    private const string Unread = "the ConfigMap could not be read";

    // Slower than other failures, since only a person can mend it, but soon at first: an API server that has just started answers 403
    // until it knows the rights.
    private const int FirstForbiddenRetry = 5 * 1000;
    private const int LongestForbiddenRetry = 300 * 1000;

    // Two requests, each sent twice.
    private const int ReloadTimeout = 35 * 1000;

    // How soon to look again whether the watch has brought what is there.
    private const int LookInterval = 500;

    private readonly ConfigMapSource _source;
    private readonly ConfigMapTaker _taker;
    private readonly ConfigurationInForce _inForce;
    private readonly ConfigurationTeller _teller;
    private readonly ConfigurationState _state;
    private readonly NodeConfiguration _configuration;
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly LookRequest _look = new LookRequest();
    private readonly bool _isWatched;
    private long _nextPoll;
    private long _nextLook;
    private int _forbiddenRetry;
    private bool _hasPolled;

    public ConfigMapDuty(
        ConfigMapSource source, ConfigMapTaker taker, ConfigurationInForce inForce, ConfigurationTeller teller, ConfigurationState state,
        NodeConfiguration configuration, bool isWatched, IClock clock, Random random)
    {
        _source = source;
        _taker = taker;
        _inForce = inForce;
        _teller = teller;
        _state = state;
        _configuration = configuration;
        _isWatched = isWatched;
        _clock = clock;
        _random = random;
    }

    /// <summary>Gets or sets the watch, or null where there is none.</summary>
    public WatchedConfigMap Watched { get; set; }

    /// <inheritdoc/>
    public NodeStage Needs => NodeStage.InOrder;

    /// <summary>Asks for a look, on the node's loop, and waits for it.</summary>
    /// <param name="loop">The node's loop.</param>
    /// <returns>Null where what is there now was read and is in force, otherwise why not.</returns>
    public string Ask(Loop loop)
    {
        return _look.Ask(loop, ReloadTimeout);
    }

    /// <inheritdoc/>
    public void Observe(NodeStage stage)
    {
        _inForce.TryAgain();
        if (Watched == null)
        {
            return;
        }

        // The network, the time and the API server are the node's loop's to wait for.
        Watched.IsWanted = stage >= NodeStage.Registered;
        Receive();
    }

    /// <inheritdoc/>
    public int UntilDue()
    {
        return Due.Until(_clock, _look.IsOpen ? (_isWatched ? _nextLook : 0) : _isWatched ? Due.Never : _nextPoll);
    }

    /// <inheritdoc/>
    public bool Do()
    {
        if (_isWatched)
        {
            Compare();
        }
        else
        {
            Poll();
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TakeNews()
    {
        return _teller.TakeNews();
    }

    /// <summary>Puts in force what a watch has found, if anything. Nothing is sent.</summary>
    public void Receive()
    {
        Handover handover = Watched.Handover;
        if (!handover.IsFull)
        {
            return;
        }

        bool isDone = false;
        try
        {
            isDone = _taker.Take((ConfigMapFinding)handover.Finding, null);
        }
        finally
        {
            handover.Empty(isDone);
        }
    }

    private void Poll()
    {
        int begun = _look.Begin();
        string answer = Unread;

        // Should something throw, the next look is not due at once.
        _nextPoll = _clock.Milliseconds + _configuration.PollMilliseconds;
        try
        {
            ConfigMapFinding finding = _source.Poll();
            if (_taker.Take(finding, _source.Result))
            {
                _source.MarkSeen();
            }

            answer = AnswerFor(finding);
            int wait = WaitAfter(finding);
            int asked = _source.Result.RetryAfterMilliseconds;
            _nextPoll = _clock.Milliseconds + (asked > wait ? asked : wait);
        }
        finally
        {
            _look.End(begun, answer);
        }
    }

    private int WaitAfter(ConfigMapFinding finding)
    {
        if (finding == ConfigMapFinding.Forbidden)
        {
            return Backoff.Next(ref _forbiddenRetry, FirstForbiddenRetry, LongestForbiddenRetry, _random);
        }

        if (finding != ConfigMapFinding.Failed)
        {
            _forbiddenRetry = 0;
        }

        // The first wait is drawn over the whole interval, so that boards which started together part.
        int interval = _configuration.PollMilliseconds;
        int wait = _hasPolled ? Jitter.Lengthen(interval, _random) : _random.Next(interval) + 1;
        _hasPolled = true;
        return wait;
    }

    /// <summary>Answers who asked for a look once the watch has brought what is there; until then it is looked again.</summary>
    private void Compare()
    {
        int begun = _look.Begin();
        _nextLook = _clock.Milliseconds + LookInterval;
        if (!_source.TryGetVersion(out string version))
        {
            _look.End(begun, _source.Result.Outcome == ApiOutcome.Forbidden ? Forbidden : Unread);
        }
        else if (_taker.HasTaken && version == _taker.TakenVersion)
        {
            _look.End(begun, AnswerFor(ConfigMapFinding.Unchanged));
        }
    }

    private string AnswerFor(ConfigMapFinding finding)
    {
        switch (finding)
        {
            case ConfigMapFinding.Forbidden:
                return Forbidden;
            case ConfigMapFinding.Failed:
                return Unread;
            default:
                return _state.IsApplied ? null : _state.Message;
        }
    }
}
