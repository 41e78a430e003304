using System;
using System.Threading;
using PicoKubelet.Hardware;
using PicoKubelet.Logging;
using PicoKubelet.Outputs;
using PicoKubelet.Runtime;

namespace PicoKubelet.Kubelet.Commands;

/// <summary>Runs commands, one at a time, each on a thread of its own that ends with it.</summary>
internal sealed class CommandRunner : IWatched
{
    // Long enough for the answer to reach the client.
    private const int RebootDelay = 500;

    private readonly BoardOutputs _outputs;
    private readonly ReloadAction _reload;
    private readonly Rebooter _rebooter;
    private readonly IClock _clock;
    private readonly Logger _log;
    private readonly ManualResetEvent _stop = new ManualResetEvent(false);
    private readonly object _gate = new object();
    private Command _command;
    private long _started;

    public CommandRunner(BoardOutputs outputs, ReloadAction reload, Rebooter rebooter, IClock clock, Logger log)
    {
        _outputs = outputs;
        _reload = reload;
        _rebooter = rebooter;
        _clock = clock;
        _log = log;
    }

    /// <summary>Gets the name of the command that runs or ran last, or null.</summary>
    public string CommandName => _command?.Name;

    /// <inheritdoc/>
    public string Name => "command";

    /// <inheritdoc/>
    public long DueBy => IsRunning ? _started : _clock.Milliseconds;

    /// <summary>Gets whether a command runs.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Gets what went wrong with the command that ended last, or null.</summary>
    public string Error { get; private set; }

    /// <summary>Gets how long the command runs or ran, in milliseconds.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>Starts a command.</summary>
    /// <returns>False where another one runs.</returns>
    public bool TryStart(Command command)
    {
        lock (_gate)
        {
            if (IsRunning)
            {
                return false;
            }

            _started = _clock.Milliseconds;
            IsRunning = true;
            Error = null;
            _command = command;
        }

        try
        {
            new Thread(Run).Start();
        }
        catch
        {
            // No memory for it.
            IsRunning = false;
            throw;
        }

        return true;
    }

    /// <summary>Ends the waits of a command under way.</summary>
    public void Stop()
    {
        _stop.Set();
    }

    private void Run()
    {
        string error = null;
        try
        {
            error = Execute();
        }
        catch (Exception e)
        {
            error = _log.Secrets.Mask(e.Message) ?? "failed";
        }
        finally
        {
            Milliseconds = _clock.Milliseconds - _started;
            Error = error;
            string name = _command.Name;
            IsRunning = false;
            Log(name, error);
        }
    }

    private void Log(string command, string error)
    {
        if (error == null)
        {
            _log.Info("command done", "command", command);
        }
        else
        {
            _log.Warn("command failed", "command", command, "error", error);
        }
    }

    private string Execute()
    {
        switch (_command.Name)
        {
            case Command.BlinkLed:
                _outputs.Led.Blink(_command.Times, _command.DelayMilliseconds, _stop);
                return null;
            case Command.SetPin:
                _outputs.Pins.Command(_command.Pin, _command.IsHigh);
                return null;
            case Command.ReloadConfig:
                return _reload();
            default:
                if (!_stop.WaitOne(RebootDelay, false))
                {
                    _rebooter.Reboot("command");
                }

                return null;
        }
    }
}
