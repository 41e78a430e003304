using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>Programs that are kept in the middle, and go on in another instance.</summary>
[TestClass]
public class StateTests
{
    private const int Polls = 3;
    private const long Seed = 0x0123456789;

    [TestMethod]
    public void A_program_goes_on_in_another_instance_wherever_it_stands()
    {
        var whole = Run(int.MaxValue, out _);
        var handOvers = 0;
        for (var fuel = 1; fuel < 60; fuel += 19)
        {
            var parts = Run(fuel, out var count);
            handOvers += count;
            Assert.AreEqual(whole.ResultBits(0), parts.ResultBits(0));
            Assert.AreEqual(12, (int)parts.ResultBits(1));
            Assert.AreEqual(3, parts.Memory.Pages);
            Assert.AreEqual(((WasmGlobal)whole.GetExport("sum")).Bits, ((WasmGlobal)parts.GetExport("sum")).Bits);
            for (var i = 0; i < 131072; i += i == 12000 ? 58000 : i == 70400 ? 60400 : 8)
            {
                Assert.AreEqual(whole.Memory.ReadInt64(i), parts.Memory.ReadInt64(i), i.ToString());
            }
        }

        Assert.IsTrue(handOvers > 150, handOvers.ToString());
    }

    [TestMethod]
    public void A_wait_and_a_call_that_is_made_again_are_taken_up()
    {
        var host = new HostFunctions();
        var before = TestModules.Instance(new WasmLimits(), host);
        Assert.IsTrue(TestModules.Call(before, "wait", 5) == WasmStatus.Waiting);
        var after = TestModules.Instance(new WasmLimits(), host);
        Take(after, StateBytes.Of(before));
        Assert.IsTrue(after.Status == WasmStatus.Waiting);
        Assert.AreEqual(50, after.WakeAt);
        Assert.IsTrue(after.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(106, (int)after.ResultBits(0));

        host.Polls = 1;
        before.Abort();
        Assert.IsTrue(TestModules.Call(before, "poll") == WasmStatus.Waiting);
        Take(after, StateBytes.Of(before));
        Assert.IsTrue(after.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(42, (int)after.ResultBits(0));
        Assert.AreEqual(2, host.Polled);
    }

    [TestMethod]
    public void What_the_module_says_itself_takes_no_place()
    {
        var instance = TestModules.State(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction("run"), new long[] { 1, 2 });
        Assert.IsTrue(StateBytes.Of(instance).Length < 70);

        // A byte of the constants that is another one, and one that is none any more, in the middle of an empty page.
        instance.Memory.WriteByte(1030, 1);
        instance.Memory.WriteByte(40000, 1);
        var length = StateBytes.Of(instance).Length;
        Assert.IsTrue(length < 90, length.ToString());
    }

    [TestMethod]
    public void A_state_is_of_its_version()
    {
        // Where this fails, the code that modules are translated to or the state's form is another one: StateVersion is to be raised.
        var instance = TestModules.State(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction("run"), new long[] { 4, Seed });
        for (var i = 0; i < 9; i++)
        {
            instance.Run(9);
        }

        var state = StateBytes.Of(instance);
        var sum = 0;
        for (var i = 0; i < state.Length; i++)
        {
            sum = (sum * 31) + state[i];
        }

        Assert.AreEqual("1 266 -1978951520", WasmInstance.StateVersion.ToString() + " " + state.Length.ToString() + " " + sum.ToString());
    }

    [TestMethod]
    public void What_another_call_or_instance_is_part_of_is_not_kept()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.IsFalse(instance.CanBeKept);
        TestModules.Call(instance, "wait", 5);
        Assert.IsTrue(instance.CanBeKept);
        instance.Begin(instance.Module.FindFunction("spin"), null);
        Assert.IsFalse(instance.CanBeKept);
        instance.CancelCall();
        Assert.IsTrue(instance.CanBeKept);
        instance.Abort();
        Assert.IsFalse(instance.CanBeKept);
        var state = new StateBytes();
        instance.Pass(state);
        Assert.IsTrue(state.HasFailed);
    }

    [TestMethod]
    public void A_state_of_another_module_or_past_the_limits_is_not_taken()
    {
        var state = Middle();
        Assert.IsTrue(Fails(TestModules.Instance(new WasmLimits(), new HostFunctions()), state, state.Length));
        Assert.IsFalse(Fails(TestModules.State(new WasmLimits(), new HostFunctions()), state, state.Length));
        Assert.IsTrue(Fails(TestModules.State(new WasmLimits { MemoryBytes = 2000 }, new HostFunctions()), state, state.Length));
        Assert.IsTrue(Fails(TestModules.State(new WasmLimits { MemoryPages = 1 }, new HostFunctions()), state, state.Length));
        Assert.IsTrue(Fails(TestModules.State(new WasmLimits { StackBytes = 100 }, new HostFunctions()), state, state.Length));
        Assert.IsTrue(Fails(TestModules.State(new WasmLimits { CallDepth = 2 }, new HostFunctions()), state, state.Length));
    }

    [TestMethod]
    public void A_torn_state_is_not_taken()
    {
        var state = Middle();
        for (var i = 0; i < state.Length; i++)
        {
            Assert.IsTrue(Fails(TestModules.State(new WasmLimits(), new HostFunctions()), state, i), i.ToString());
        }
    }

    [TestMethod]
    public void Whatever_a_state_says_nothing_is_thrown()
    {
        var state = Middle();
        var random = new Random(5);
        var taken = 0;
        for (var i = 0; i < 600; i++)
        {
            var other = new byte[state.Length];
            Array.Copy(state, other, state.Length);
            for (var k = random.Next(3); k >= 0; k--)
            {
                other[random.Next(other.Length)] = (byte)random.Next(256);
            }

            var instance = TestModules.State(new WasmLimits { MemoryBytes = 16384 }, new HostFunctions());
            if (!Fails(instance, other, other.Length))
            {
                taken++;
                instance.Run(300);
            }
        }

        Assert.IsTrue(taken > 100, taken.ToString());
    }

    /// <summary>A state in the middle of calls within calls, behind all that happens once.</summary>
    private static byte[] Middle()
    {
        var instance = TestModules.State(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction("run"), new long[] { 4, Seed });
        while (instance.Memory.Pages < 3)
        {
            instance.Run(20);
        }

        while (instance.Run(20) != WasmStatus.Waiting)
        {
        }

        return StateBytes.Of(instance);
    }

    /// <summary>Runs the program to its end, in another instance with each slice.</summary>
    private static WasmInstance Run(int fuel, out int handOvers)
    {
        var host = new HostFunctions { Polls = Polls };
        var instance = TestModules.State(new WasmLimits(), host);
        handOvers = 0;
        instance.Begin(instance.Module.FindFunction("run"), new long[] { 4, Seed });
        while (instance.Run(fuel) != WasmStatus.Finished)
        {
            Assert.IsTrue(instance.Trap == null);
            if (fuel == int.MaxValue)
            {
                continue;
            }

            var next = new WasmInstance(instance.Module, host.Imports(), new WasmLimits());
            Take(next, StateBytes.Of(instance));
            instance = next;
            handOvers++;
        }

        return instance;
    }

    private static void Take(WasmInstance instance, byte[] state)
    {
        Assert.IsFalse(Fails(instance, state, state.Length));
    }

    private static bool Fails(WasmInstance instance, byte[] bytes, int count)
    {
        var state = new StateBytes(bytes, count);
        instance.Pass(state);
        return state.HasFailed;
    }
}
