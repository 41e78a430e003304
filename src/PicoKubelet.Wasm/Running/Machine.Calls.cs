namespace PicoKubelet.Wasm;


/// <content>Calls that leave the instance: of host functions, and of other instances.</content>
internal sealed partial class Machine
{
    // The wide arguments of a call, in the rows behind one, and zeros for the other wide locals.
    private static void EnterWide(WasmModule module, long[] from, long[] to, int header, int row)
    {
        int parameters = module.B[header];
        for (var i = 0; i < parameters; i += 3)
        {
            row++;
            to[i] = from[module.A[row]];
            to[i + 1] = from[module.B[row]];
            to[i + 2] = from[module.C[row]];
        }

        for (var i = parameters; i < module.C[header + 3]; i++)
        {
            to[i] = 0;
        }
    }

    // A call by the instance from the row _pc, begun in the row start, of a function that another one owns or imports.
    private int CallOut(WasmInstance instance, WasmInstance owner, int function, int start)
    {
        var type = owner.Module.Types[owner.Module.FunctionTypes[function]];
        object target = null;
        if (function < owner.Module.ImportedFunctions)
        {
            target = owner.Functions[function];
        }

        if (target is WasmFunction other)
        {
            owner = other.Instance;
            function = other.Index;
            target = null;
        }

        Gather(instance.Module, type, _pc);
        return target != null ? CallHost(instance, owner, (WasmHostFunction)target, type, start)
            : CallOther(instance, owner, function, start);
    }

    private int CallOther(WasmInstance instance, WasmInstance owner, int function, int start)
    {
        var module = owner.Module;
        var header = module.Entries[function];
        if (!MakeFrame(_depth + 1, module.C[header], module.C[header + 1]))
        {
            _pc = start;
            _trap = WasmTrapKind.CallStackExhausted;
            return WasmHostCall.Failed;
        }

        if (_callers == null || _callerCount == _callers.Length)
        {
            var callers = new WasmInstance[_callerCount * 2 + 2];
            for (var i = 0; i < _callerCount; i++)
            {
                callers[i] = _callers[i];
            }

            _callers = callers;
        }

        _callers[_callerCount++] = instance;
        _depth++;
        _returns[_depth] = ~_pc;
        FillFrame(module, function, _call.Values);
        _instance = owner;
        _pc = header + 4;
        return WasmHostCall.Returned;
    }

    private int CallHost(WasmInstance instance, WasmInstance owner, WasmHostFunction function, byte[] type, int start)
    {
        _call.Outcome = WasmHostCall.Returned;
        _call.Instance = owner;
        try
        {
            function.Invoke(_call);
        }
        catch (WasmTrapException e)
        {
            _trap = e.Kind;
            _pc = start;
            return WasmHostCall.Failed;
        }
        catch (System.Exception e)
        {
            _call.Fail(e.Message);
        }

        var outcome = _call.Outcome;
        if (outcome == WasmHostCall.Failed)
        {
            _trap = WasmTrapKind.Host;
            _pc = start;
        }
        else if (outcome == WasmHostCall.Retries)
        {
            _pc = start;
        }
        else if (outcome != WasmHostCall.Exited && start >= 0)
        {
            Place(instance.Module, type, _pc);
        }

        if (_call.Instance != _home && outcome != WasmHostCall.Returned)
        {
            _home.WakeAt = _call.Instance.WakeAt;
            _home.ExitCode = _call.Instance.ExitCode;
        }

        if (outcome == WasmHostCall.Returned && _home.YieldsAtHostCall)
        {
            _home.WakeAt = 0;
            return WasmHostCall.Waits;
        }

        return outcome;
    }

    // The row that returned last.
    private int _returning;

    private static int HostFrame(WasmModule module, int function)
    {
        var parameters = module.ParameterCount(function);
        var results = module.ResultCount(function);
        return (parameters > results ? parameters : results) + 1;
    }

    // A host function that is called from outside; its frame has arguments and then results in the wide registers.
    private WasmStatus RunHost()
    {
        var wide = _wides[_depth];
        var type = _instance.Module.Types[_instance.Module.FunctionTypes[Function]];
        var values = Values(wide.Length);
        var outcome = WasmHostCall.Returned;
        for (var i = 0; i < wide.Length && i < values.Length; i++)
        {
            values[i] = wide[i];
        }

        if (_pc == HostBegun)
        {
            outcome = CallHost(_instance, _instance, (WasmHostFunction)_instance.Functions[Function], type, HostBegun);
        }

        if (outcome == WasmHostCall.Waits)
        {
            for (var i = 0; i < type[1]; i++)
            {
                wide[i] = values[i];
            }

            _pc = HostReturned;
        }
        else if (outcome == WasmHostCall.Returned)
        {
            _depth--;
            return WasmStatus.Finished;
        }

        return outcome == WasmHostCall.Exited ? WasmStatus.Exited : outcome == WasmHostCall.Failed ? WasmStatus.Trapped : WasmStatus.Waiting;
    }

    // Back to the instance that called, with the results that were collected.
    private void ReturnToCaller(int row)
    {
        var type = _instance.Module.Types[_instance.Module.FunctionTypes[_instance.Module.FunctionAt(_returning)]];
        _instance = _callers[--_callerCount];
        Place(_instance.Module, type, row);
    }

    // The results of a function that returns from this row, as bits.
    private void CollectResults(WasmModule module, int row, int[] f, long[] g)
    {
        var values = _call.Values;
        switch (module.OpCodes[row])
        {
            case Op.ReturnNarrow:
                values[0] = (uint)f[module.A[row]];
                break;
            case Op.ReturnWide:
                values[0] = g[module.A[row]];
                break;
            case Op.ReturnMany:
                CollectMany(module, module.FunctionAt(row), module.A[row], module.A[row + 1], f, g);
                break;
        }

        _returning = row;
    }

    private void CollectMany(WasmModule module, int function, int narrow, int wide, int[] f, long[] g)
    {
        var values = Values(module.ResultCount(function));
        for (var i = 0; i < module.ResultCount(function); i++)
        {
            values[i] = TypeList.IsWide((int)module.ResultType(function, i)) ? g[wide++] : (uint)f[narrow++];
        }
    }

    private long[] Values(int count)
    {
        if (_call.Values.Length < count)
        {
            _call.Values = new long[count];
        }

        return _call.Values;
    }

    // The arguments in the rows behind one, as bits: those of 32 bits come first, three in a row.
    private void Gather(WasmModule module, byte[] type, int row)
    {
        int parameters = type[0];
        var narrow = 0;
        for (var i = 0; i < parameters; i++)
        {
            narrow += type[2 + i] & 1;
        }

        var values = Values(parameters > type[1] ? parameters : type[1]);
        var f = _frames[_depth];
        var g = _wides[_depth];
        int n = 0, w = (narrow + 2) / 3 * 3;
        for (var i = 0; i < parameters; i++)
        {
            var wide = TypeList.IsWide(type[2 + i]);
            var at = wide ? w++ : n++;
            var from = row + 1 + at / 3;
            int register = at % 3 == 0 ? module.A[from] : at % 3 == 1 ? module.B[from] : module.C[from];
            values[i] = wide ? g[register] : (uint)f[register];
        }
    }

    // Results into the frame on top, whose function called from this row, which goes on behind it.
    private void Place(WasmModule module, byte[] type, int row)
    {
        int parameters = type[0];
        int narrow = module.A[row];
        int wide = module.B[row];
        for (var i = 0; i < type[1]; i++)
        {
            if (TypeList.IsWide(type[2 + parameters + i]))
            {
                _wides[_depth][wide++] = _call.Values[i];
            }
            else
            {
                _frames[_depth][narrow++] = (int)_call.Values[i];
            }
        }

        var narrowParameters = 0;
        for (var i = 0; i < parameters; i++)
        {
            narrowParameters += type[2 + i] & 1;
        }

        _pc = row + 1 + (narrowParameters + 2) / 3 + (parameters - narrowParameters + 2) / 3;
    }
}
