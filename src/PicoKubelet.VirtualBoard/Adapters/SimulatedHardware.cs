using PicoKubelet.Hardware;

namespace PicoKubelet.VirtualBoard.Adapters;

/// <summary>The microcontroller of a simulated board.</summary>
internal sealed class SimulatedHardware : IBoard
{
    private readonly BoardModel _model;
    private readonly Action<string> _reboot;
    private long _freeHeap;

    public SimulatedHardware(BoardModel model, Action<string> reboot)
    {
        _model = model;
        _reboot = reboot;
        _freeHeap = model.FreeHeap;
    }

    public string TargetName => _model.TargetName;

    public string RuntimeVersion => Environment.Version.ToString();

    public long FreeHeap
    {
        get => Interlocked.Read(ref _freeHeap);
        set => Interlocked.Exchange(ref _freeHeap, value);
    }

    public long GetFreeHeap()
    {
        return FreeHeap;
    }

    public long GetTotalHeap()
    {
        return _model.TotalHeap;
    }

    public void SetClock(DateTime utc)
    {
        // The PC's clock is the PC's own: it is where the time came from.
    }

    public void Reboot(string reason)
    {
        _reboot(reason);
    }
}
