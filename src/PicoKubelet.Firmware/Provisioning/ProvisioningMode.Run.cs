using System.Threading;
using PicoKubelet.Node;
using PicoKubelet.Runtime;

namespace PicoKubelet.Provisioning;

// Its threads, and who watches over them: as on a node, the one that the firmware was started on.
public sealed partial class ProvisioningMode
{
    private const int PollMilliseconds = 50;
    private const int SupervisionMilliseconds = 5 * 1000;
    private const int StopTimeout = 30 * 1000;

    // An access point that does not open, say: a restart may mend it, after the time that each restart by itself waits for.
    private const int MaxFailures = 10;

    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private bool _isStopping;
    private bool _isOver;

    /// <summary>Runs until the board is to reboot, the network closed, or <see cref="Stop"/>; the calling thread watches over the others.</summary>
    /// <returns>Whether the network is closed and the board may go on as a node.</returns>
    public bool Run()
    {
        if (_isStopping)
        {
            return false;
        }

        Loop loop = new Loop("setup page", this, _platform.Clock, _log, _random);
        Supervisor supervisor = new Supervisor(null, _rebooter, _platform.Clock);
        supervisor.Watch(loop);
        loop.Start();
        bool isWatched = false;
        bool isRebooting = false;
        while (!_isStopping && !_isOver && !isRebooting)
        {
            if (_wake.WaitOne(SupervisionMilliseconds, false))
            {
                continue;
            }

            if (_server != null && !isWatched)
            {
                isWatched = true;
                _server.WatchBy(supervisor);
            }

            isRebooting = loop.Failures < MaxFailures ? supervisor.Check(NodeFacts.HasEnoughHeap(_platform.Board)) : _rebooter.TryReboot("setup page fails");
        }

        loop.Stop(StopTimeout);
        if (_server != null)
        {
            _server.Stop();
        }

        EndServing();
        return _isUsable && !_isSaved && !_isStopping && !isRebooting && !_accessPoint.IsOpen;
    }

    /// <summary>Ends <see cref="Run"/>. For the PC.</summary>
    public void Stop()
    {
        _isStopping = true;
        _wake.Set();
    }

    /// <inheritdoc/>
    int ILoopBody.Step()
    {
        if (!_isOver && !Step())
        {
            _isOver = true;
            _wake.Set();
        }
        else if (_isServing && _server == null)
        {
            StartServing();
        }

        return PollMilliseconds;
    }
}
