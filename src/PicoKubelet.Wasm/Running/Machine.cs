using System;

namespace PicoKubelet.Wasm;


/// <summary>
/// The stack of an instance: frames, one within the other, of calls from outside. A frame has an array for registers
/// of 32 bits and, where the function has such, one for those of 64 bits; both are kept for the next call at this depth.
/// </summary>
internal sealed partial class Machine
{
    // Marks a frame that was called from outside.
    private const int Outside = int.MinValue;

    // In the place of a row: a host function that is called from outside, and one that returned and waits.
    private const int HostBegun = -1;
    private const int HostReturned = -2;

    // The array's header and its place in the list.
    private const int FrameCost = 32;

    private readonly WasmInstance _home;
    private readonly WasmHostCall _call;
    private readonly int _mostDepth;
    private readonly int _mostBytes;

    private int[][] _frames = new int[4][];
    private long[][] _wides = new long[4][];
    private int[] _returns = new int[4];
    private int _bytes;
    private int _depth = -1;
    private int _pc;
    private WasmInstance _instance;
    private WasmTrapKind _trap;
    private int _bulkCost;

    // The instances that called into another one, in turn.
    private WasmInstance[] _callers;
    private int _callerCount;

    // The calls from outside in turn: the function, and where and in which instance it was suspended by one on top.
    private int[] _suspendedRows = new int[1];
    private int[] _functions = new int[1];
    private WasmInstance[] _suspendedInstances = new WasmInstance[1];

    // Where the stack pointer was then. Null until there is one to keep.
    private int[] _suspendedStacks;

    public Machine(WasmInstance home, WasmLimits limits)
    {
        _home = home;
        _call = new WasmHostCall(home);
        _mostDepth = limits.CallDepth;
        _mostBytes = limits.StackBytes;
    }

    /// <summary>Calls from outside that have not ended.</summary>
    public int Active { get; private set; }

    /// <summary>The function of the call from outside on top, or that ended last.</summary>
    public int Function { get; private set; }

    public long ResultBits(int index) => _call.Values[index];

    /// <summary>Begins a call of a function of an instance, whose arguments' bits are given.</summary>
    public bool Begin(WasmInstance instance, int function, long[] arguments, int known)
    {
        var module = instance.Module;
        var header = module.Entries[function];
        var fits = header < 0 ? MakeFrame(_depth + 1, 3, HostFrame(module, function)) : MakeFrame(_depth + 1, module.C[header], module.C[header + 1]);
        if (!fits)
        {
            return false;
        }

        if (Active > 0)
        {
            Suspend();
        }

        Active++;
        _depth++;
        _returns[_depth] = Outside;
        _instance = instance;
        _functions[Active - 1] = known;
        Function = known;
        if (header < 0)
        {
            Array.Copy(arguments, _wides[_depth], arguments.Length);
            _pc = HostBegun;
            return true;
        }

        FillFrame(module, function, arguments);
        _pc = header + 4;
        return true;
    }

    public WasmStatus Run(int fuel)
    {
        _trap = WasmTrapKind.None;
        Function = _functions[Active - 1];
        var status = _pc < 0 ? RunHost() : Execute(fuel);
        if (status == WasmStatus.Finished)
        {
            Ended();
        }

        return status;
    }

    /// <summary>Says where the call stands that was ended by a trap, and takes it away.</summary>
    public WasmTrap TakeTrap()
    {
        var module = _instance.Module;
        var function = _pc < 0 ? Function : module.FunctionAt(_pc);
        var trap = new WasmTrap(_trap, _call.Failure, function, module.FunctionName(function), _pc < 0 ? -1 : module.OffsetAt(function, _pc));
        _call.Failure = null;
        Unwind();
        return trap;
    }

    /// <summary>Takes the call from outside on top away.</summary>
    public void Unwind()
    {
        while (_returns[_depth] != Outside)
        {
            if (_returns[_depth] < 0)
            {
                _callerCount--;
            }

            _depth--;
        }

        _depth--;
        Ended();
        if (Active > 0 && StackPointer != null)
        {
            StackPointer.Narrow = _suspendedStacks[Active - 1];
        }
    }

    // wasm-ld puts it first among a module's own globals, without a name; what unwinds frames has to put it back.
    private WasmGlobal StackPointer
    {
        get
        {
            var first = _home.Module.ImportedGlobals;
            return first < _home.Globals.Length && _home.Globals[first].IsMutable && _home.Globals[first].Type == WasmType.I32 ? _home.Globals[first] : null;
        }
    }

    private void Suspend()
    {
        if (Active == _suspendedRows.Length)
        {
            var length = Active * 2;
            var stacks = new int[length];
            if (_suspendedStacks != null)
            {
                Array.Copy(_suspendedStacks, stacks, Active);
            }

            _suspendedStacks = stacks;
            var rows = new int[length];
            var functions = new int[length];
            var instances = new WasmInstance[length];
            Array.Copy(_suspendedRows, rows, Active);
            Array.Copy(_functions, functions, Active);
            Array.Copy(_suspendedInstances, instances, Active);
            _suspendedRows = rows;
            _functions = functions;
            _suspendedInstances = instances;
        }

        _suspendedRows[Active - 1] = _pc;
        _suspendedInstances[Active - 1] = _instance;
        if (StackPointer != null)
        {
            _suspendedStacks[Active - 1] = StackPointer.Narrow;
        }
    }

    // What was suspended below is on top again. The function that ended stays known, for its results.
    private void Ended()
    {
        Active--;
        if (Active > 0)
        {
            _pc = _suspendedRows[Active - 1];
            _instance = _suspendedInstances[Active - 1];
        }
    }

    // Room for a frame at a depth; false where a limit is reached.
    private bool MakeFrame(int depth, int narrow, int wide)
    {
        if (depth >= _mostDepth)
        {
            return false;
        }

        if (depth >= _returns.Length)
        {
            Deepen();
        }

        var needNarrow = _frames[depth] == null || _frames[depth].Length < narrow;
        var needWide = wide != 0 && (_wides[depth] == null || _wides[depth].Length < wide);
        var more = (needNarrow ? narrow * 4 + FrameCost - CostOf(depth) : 0) + (needWide ? wide * 8 + FrameCost - WideCostOf(depth) : 0);
        if (_bytes + more > _mostBytes)
        {
            // Frames that lie deeper are not in use.
            for (var i = depth + 1; i < _frames.Length; i++)
            {
                _bytes -= CostOf(i) + WideCostOf(i);
                _frames[i] = null;
                _wides[i] = null;
            }

            if (_bytes + more > _mostBytes)
            {
                return false;
            }
        }

        _bytes += more;
        if (needNarrow)
        {
            _frames[depth] = new int[narrow];
        }

        if (needWide)
        {
            _wides[depth] = new long[wide];
        }

        return true;
    }

    private int CostOf(int depth) => _frames[depth] == null ? 0 : _frames[depth].Length * 4 + FrameCost;

    private int WideCostOf(int depth) => _wides[depth] == null ? 0 : _wides[depth].Length * 8 + FrameCost;

    private void Deepen()
    {
        var length = _returns.Length;
        var most = length * 2 < _mostDepth ? length * 2 : _mostDepth;
        var frames = new int[most][];
        var wides = new long[most][];
        var returns = new int[most];
        Array.Copy(_frames, frames, length);
        Array.Copy(_wides, wides, length);
        Array.Copy(_returns, returns, length);
        _frames = frames;
        _wides = wides;
        _returns = returns;
    }

    // The arguments' bits and zeros into the frame on top.
    private void FillFrame(WasmModule module, int function, long[] arguments)
    {
        var header = module.Entries[function];
        var narrow = _frames[_depth];
        var wide = _wides[_depth];
        int n = 0, w = 0;
        for (var i = 0; i < module.ParameterCount(function); i++)
        {
            if (TypeList.IsWide((int)module.ParameterType(function, i)))
            {
                wide[w++] = arguments[i];
            }
            else
            {
                narrow[n++] = (int)arguments[i];
            }
        }

        Array.Clear(narrow, n, module.C[header + 2] - n);
        if (wide != null && module.C[header + 3] > w)
        {
            Array.Clear(wide, w, module.C[header + 3] - w);
        }
    }
}
