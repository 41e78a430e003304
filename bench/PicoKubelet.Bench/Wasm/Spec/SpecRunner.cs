using PicoKubelet.Wasm;

namespace PicoKubelet.Bench.Wasm.Spec;

/// <summary>Executes one script: loads its modules, calls their exports, and checks each assertion.</summary>
internal sealed class SpecRunner
{
    private const string LastModule = "";

    private readonly SpecScript _script;
    private readonly SpecEngine _engine;
    private readonly SpecTally _tally;

    // By name, and the last one by LastModule; a module that was left out is there with the reason alone.
    private readonly Dictionary<string, SpecInstance> _instances = [];

    private SpecRunner(SpecScript script, int fuel)
    {
        _script = script;
        _engine = new SpecEngine(fuel);
        _tally = new SpecTally(script.Name);
    }

    /// <summary>Executes a script.</summary>
    /// <param name="script">It.</param>
    /// <param name="fuel">How far the engine runs and loads at a time: a small number suspends it often.</param>
    /// <returns>What held and what did not.</returns>
    public static SpecTally Run(SpecScript script, int fuel = int.MaxValue)
    {
        SpecRunner runner = new(script, fuel);
        foreach (SpecCommand command in script.Commands)
        {
            runner.Execute(command);
        }

        return runner._tally;
    }

    private void Execute(SpecCommand command)
    {
        if (OutdatedAssertions.ReasonFor(_script.Name, command) is { } outdated)
        {
            LeaveOut(command, outdated);
            return;
        }

        try
        {
            switch (command.Type)
            {
                case "module":
                    Instantiate(command);
                    break;
                case "register":
                    Register(command);
                    break;
                case "action":
                    Call(command, (instance, action) => instance.Perform(action) is { Trap: { } trap } ? $"trapped: {trap}" : null);
                    break;
                case "assert_return":
                    Call(command, (instance, action) => CheckResults(instance.Perform(action), command.Expected!));
                    break;
                case "assert_trap" or "assert_exhaustion" when command.Action is not null:
                    Call(command, (instance, action) => CheckTrap(instance.Perform(action), command.Text));
                    break;
                case "assert_trap" or "assert_uninstantiable" or "assert_unlinkable":
                    RefuseInstance(command);
                    break;
                case "assert_invalid" or "assert_malformed":
                    RefuseModule(command);
                    break;
                default:
                    _tally.LeaveOut($"the command {command.Type}");
                    break;
            }
        }
        catch (Exception e)
        {
            // What the engine must never do.
            _tally.Fail(command, e.ToString());
        }
    }

    private void LeaveOut(SpecCommand command, string reason)
    {
        _tally.LeaveOut(reason);
        if (command.Type == "module")
        {
            Keep(command, SpecInstance.LeftOut(reason));
        }
    }

    private void Keep(SpecCommand command, SpecInstance made)
    {
        _instances[LastModule] = made;
        if (command.Name is { } name)
        {
            _instances[name] = made;
        }
    }

    private void Instantiate(SpecCommand command)
    {
        SpecInstance made;
        try
        {
            made = _engine.Instantiate(_script.ReadModule(command));
            if (made.Trap is { } trap)
            {
                _tally.Fail(command, $"the start function trapped: {trap}");
            }
            else
            {
                _tally.Pass();
            }
        }
        catch (WasmLoadException e) when (e.Error == WasmLoadError.Unsupported)
        {
            made = SpecInstance.LeftOut(e.Reason);
            _tally.LeaveOut(e.Reason);
        }
        catch (WasmLinkException e) when (_engine.Missing is { } missing)
        {
            made = SpecInstance.LeftOut(missing);
            _tally.LeaveOut($"{missing} ({e.Message})");
        }
        catch (Exception e) when (e is WasmLoadException or WasmLinkException or WasmTrapException)
        {
            made = SpecInstance.LeftOut("its module failed above");
            _tally.Fail(command, e.Message);
        }

        Keep(command, made);
    }

    private void Register(SpecCommand command)
    {
        SpecInstance instance = _instances[command.Name ?? LastModule];
        _engine.Register(command.As!, instance);
        if (instance.Reason is { } reason)
        {
            _tally.LeaveOut(reason);
        }
        else
        {
            _tally.Pass();
        }
    }

    private void Call(SpecCommand command, Func<SpecInstance, SpecAction, string?> check)
    {
        SpecAction action = command.Action!;
        SpecInstance instance = _instances[action.Module ?? LastModule];
        if (instance.Reason is { } reason)
        {
            _tally.LeaveOut(reason);
            return;
        }

        Judge(command, check(instance, action));
    }

    private void Judge(SpecCommand command, string? failure)
    {
        if (failure is null)
        {
            _tally.Pass();
        }
        else
        {
            _tally.Fail(command, $"{command.Action?.Field}: {failure}");
        }
    }

    private static string? CheckResults(SpecOutcome outcome, SpecConstant[] expected)
    {
        if (outcome.Trap is { } trap)
        {
            return $"trapped: {trap}";
        }

        bool isRight = outcome.Results.Length == expected.Length
            && outcome.Results.Zip(expected).All(pair => pair.First.Type == pair.Second.Type && pair.Second.Matches(pair.First.Bits));
        return isRight ? null : $"{string.Join(", ", outcome.Results)} instead of {string.Join(", ", expected.Select(constant => $"{constant.Type} {constant.Value}"))}";
    }

    private static string? CheckTrap(SpecOutcome outcome, string? text)
    {
        if (outcome.Trap is not { } trap)
        {
            return $"returned {string.Join(", ", outcome.Results)} instead of the trap \"{text}\"";
        }

        return SpecMessages.Match(trap.Kind, text) ? null : $"trapped with \"{trap}\" instead of \"{text}\"";
    }

    /// <summary>A module that is well and can still not become an instance.</summary>
    private void RefuseInstance(SpecCommand command)
    {
        string? failure;
        try
        {
            SpecInstance made = _engine.Instantiate(_script.ReadModule(command));
            failure = made.Trap is { } trap ? MatchTrap(trap.Kind, command) : "it became an instance";
        }
        catch (WasmLoadException e) when (e.Error == WasmLoadError.Unsupported)
        {
            _tally.LeaveOut(e.Reason);
            return;
        }
        catch (WasmLoadException e)
        {
            failure = $"it did not load: {e.Message}";
        }
        catch (WasmLinkException e)
        {
            failure = command.Type == "assert_unlinkable" ? null : $"it did not link: {e.Message}";
        }
        catch (WasmTrapException e)
        {
            // Before bulk memory a segment that does not fit was called unlinkable.
            failure = MatchTrap(e.Kind, command);
        }

        Judge(command, failure);
    }

    private static string? MatchTrap(WasmTrapKind kind, SpecCommand command)
    {
        return SpecMessages.Match(kind, command.Text) ? null : $"trapped with \"{WasmTrap.TextOf(kind)}\" instead of \"{command.Text}\"";
    }

    private void RefuseModule(SpecCommand command)
    {
        if (command.ModuleType == "text")
        {
            _tally.LeaveOut("text that an assembler must refuse");
            return;
        }

        string? failure;
        try
        {
            _engine.Load(_script.ReadModule(command));
            failure = $"it was loaded, though: {command.Text}";
        }
        catch (WasmLoadException e) when (e.Error is WasmLoadError.Unsupported or WasmLoadError.Limit)
        {
            _tally.LeaveOut($"refused, for another reason than \"{command.Text}\": {e.Reason}");
            return;
        }
        catch (WasmLoadException)
        {
            failure = null;
        }

        Judge(command, failure);
    }
}
