namespace PicoKubelet.Bench.Simulation;

/// <summary>What the firmware allocates, told from what the simulation does on the same thread.</summary>
internal sealed class FirmwareAllocations
{
    private bool _isFirmware;
    private long _since;
    private long _bytes;

    /// <summary>Gets the bytes that the firmware has allocated.</summary>
    public long Bytes => _bytes + (_isFirmware ? GC.GetAllocatedBytesForCurrentThread() - _since : 0);

    /// <summary>Begins what is the firmware's, until it is disposed.</summary>
    public Scope EnterFirmware() => new(this, isFirmware: true);

    /// <summary>Begins what is the simulation's, until it is disposed.</summary>
    public Scope EnterSimulation() => new(this, isFirmware: false);

    private bool Switch(bool isFirmware)
    {
        bool was = _isFirmware;
        _bytes = Bytes;
        _since = GC.GetAllocatedBytesForCurrentThread();
        _isFirmware = isFirmware;
        return was;
    }

    internal readonly struct Scope : IDisposable
    {
        private readonly FirmwareAllocations _owner;
        private readonly bool _was;

        public Scope(FirmwareAllocations owner, bool isFirmware)
        {
            _owner = owner;
            _was = owner.Switch(isFirmware);
        }

        public void Dispose() => _owner.Switch(_was);
    }
}
