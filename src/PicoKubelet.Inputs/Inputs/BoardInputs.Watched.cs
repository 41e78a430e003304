using System;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;

namespace PicoKubelet.Inputs;

// Pins that somebody else holds, and has looked at with the others: those of pods.
public sealed partial class BoardInputs
{
    private WatchedPin[] _watched;
    private int _watchedCount;

    /// <inheritdoc/>
    public void Watch(WatchedPin pin)
    {
        lock (_gate)
        {
            // As many as pods can have.
            _watched ??= new WatchedPin[ExtendedResources.MaxPins];
            _watched[_watchedCount] = pin;
            _watchedCount++;
            SetTimer();
        }
    }

    /// <inheritdoc/>
    public void Unwatch(WatchedPin pin)
    {
        lock (_gate)
        {
            for (int i = 0; i < _watchedCount; i++)
            {
                if (_watched[i] == pin)
                {
                    _watchedCount--;
                    _watched[i] = _watched[_watchedCount];
                    _watched[_watchedCount] = null;
                    SetTimer();
                    return;
                }
            }
        }
    }

    private void LookAtWatched()
    {
        for (int i = 0; i < _watchedCount; i++)
        {
            try
            {
                _watched[i].Sample(_clock.Milliseconds);
            }
            catch (Exception)
            {
                // The next look tries again.
            }
        }
    }
}
