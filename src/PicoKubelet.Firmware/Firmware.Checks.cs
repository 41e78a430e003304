using System;

namespace PicoKubelet;

// What its first thread looks at while it runs.
public sealed partial class Firmware
{
    /// <summary>Does what is due on the supervisor's thread, each 5 s.</summary>
    /// <returns>Whether the board was told to reboot.</returns>
    public bool Check()
    {
        if (_supervisor.Check(_node.IsHealthy))
        {
            return true;
        }

        if (IsTokenRenewed())
        {
            _rebooter.Reboot("settings changed");
            return true;
        }

        _clockSync.Resync();
        if (_node.State.Address != null)
        {
            _rebooter.Syslog?.Send();
        }

        return false;
    }

    // Whoever is refused may have been given another token meanwhile: nanoff writes files into a running board.
    private bool IsTokenRenewed()
    {
        if (!_node.IsRefused || _platform.Clock.Milliseconds < _nextSettings)
        {
            return false;
        }

        _nextSettings = _platform.Clock.Milliseconds + SettingsInterval;
        return _settings.HasChanged();
    }

    private void LogFailure(Exception failure)
    {
        try
        {
            _log.Error("unhandled exception", "error", failure.GetType().Name + ": " + failure.Message);
        }
        catch (Exception)
        {
            // The line may find no memory.
        }
    }
}
