using PicoKubelet.Tests;
using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>What a program had come to before a reboot, behind its checksum: whatever it says, nothing is thrown, and the program stays within its limits.</summary>
internal sealed class StateTarget : FuzzTarget
{
    private const int MemoryBytes = 16 * 1024;
    private const int StackBytes = 4 * 1024;
    private const int Fuel = 100;

    private readonly WasmModule _module;
    private readonly WasmImports _imports = new HostFunctions { Polls = int.MaxValue }.Imports();
    private readonly WasmLimits _limits = new() { MemoryBytes = MemoryBytes, StackBytes = StackBytes };

    public StateTarget()
    {
        _module = TestModules.State(_limits, new HostFunctions()).Module;
        Corpus = [State(30), State(4000), State(9000)];
    }

    public override string Name => "state";

    public override FuzzGrammar Grammar => FuzzGrammar.Lines;

    // What the program has, and the instance's own.
    public override int MaxAllocation => 4 * MemoryBytes;

    public override IReadOnlyList<byte[]> Corpus { get; }

    public override IReadOnlyList<byte[]> Dictionary { get; } = [[0], [0, 0], [0xFF, 0xFF, 0xFF, 0xFF, 15], [0x80, 0x80, 0x80, 0x80, 8], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [0x80]];

    public override long Feed(byte[] input, int pieceSize)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        WasmInstance instance = new(_module, _imports, _limits);
        Reader state = new(input, pieceSize);
        instance.Pass(state);
        if (!state.HasFailed)
        {
            Accepted++;
            Require(instance.CanBeKept, "taken, and could not be kept");
            for (int i = 0; i < 10 && instance.ActiveCalls > 0; i++)
            {
                instance.Run(Fuel);
            }
        }

        Require(instance.Memory.BytesInUse <= MemoryBytes, "more memory than the limit");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private byte[] State(int fuel)
    {
        WasmInstance instance = new(_module, _imports, _limits);
        instance.Begin(_module.FindFunction("run"), [4, 7]);
        for (; fuel > 0; fuel -= Fuel)
        {
            instance.Run(Fuel);
        }

        Writer state = new();
        instance.Pass(state);
        state.Flush();
        return [.. state.Bytes];
    }

    private sealed class Writer() : WasmState(false)
    {
        public List<byte> Bytes { get; } = [];

        protected override int Transfer(byte[] buffer, int count)
        {
            Bytes.AddRange(buffer.AsSpan(0, count));
            return count;
        }
    }

    private sealed class Reader(byte[] bytes, int size) : WasmState(true)
    {
        private int _position;

        protected override int Transfer(byte[] buffer, int count)
        {
            int length = Math.Min(Math.Min(count, size), bytes.Length - _position);
            bytes.AsSpan(_position, length).CopyTo(buffer);
            _position += length;
            return length;
        }
    }
}
