using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>Calls, slices, waiting, and calls on top of others.</summary>
[TestClass]
public class RunTests
{
    [TestMethod]
    public void An_export_is_called_with_bits_and_gives_bits()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.AreEqual(5, TestModules.Result(instance, "add", 7, -2));
        Assert.IsTrue(TestModules.Call(instance, "swap", 3, 0x123456789A) == WasmStatus.Finished);
        Assert.AreEqual(2, instance.ResultCount);
        Assert.AreEqual(0x123456789A, instance.ResultBits(0));
        Assert.AreEqual(3, instance.ResultBits(1));
        Assert.IsTrue(instance.ResultType(0) == WasmType.I64);
        Assert.AreEqual(7, TestModules.Result(instance, "indirect", 0));
    }

    [TestMethod]
    public void Floats_come_and_go_as_bits()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        TestModules.Call(instance, "float", 0x41100000, BitConverter.DoubleToInt64Bits(2.5)); // 9 as F32
        Assert.IsTrue(BitConverter.Int64BitsToDouble(instance.ResultBits(0)) == 7.5);
        TestModules.Call(instance, "nearest", BitConverter.DoubleToInt64Bits(-2.5));
        Assert.IsTrue(BitConverter.Int64BitsToDouble(instance.ResultBits(0)) == -2.0);
    }

    [TestMethod]
    public void A_loop_without_end_runs_out_of_fuel_each_time()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction("spin"), null);
        for (var i = 0; i < 5; i++)
        {
            Assert.IsTrue(instance.Run(50) == WasmStatus.OutOfFuel);
        }

        instance.Abort();
        Assert.AreEqual(0, instance.ActiveCalls);
        Assert.IsTrue(instance.Run(50) == WasmStatus.Idle);
        Assert.AreEqual(3, TestModules.Result(instance, "add", 1, 2));
    }

    [TestMethod]
    public void What_fills_memory_costs_fuel_by_the_byte()
    {
        Assert.AreEqual(0, OutOfFuelIn("fills", 10, 8));
        Assert.AreEqual(9, OutOfFuelIn("fills", 10, 65536));
    }

    [TestMethod]
    public void A_run_in_slices_gives_the_same()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction("count"), new long[] { 500 });
        var slices = 0;
        while (instance.Run(7) == WasmStatus.OutOfFuel)
        {
            slices++;
        }

        Assert.IsTrue(instance.Status == WasmStatus.Finished);
        Assert.AreEqual(500, (int)instance.ResultBits(0));
        Assert.IsTrue(slices > 50);
        Assert.AreEqual(90, TestModules.Result(instance, "deep", 90));
    }

    [TestMethod]
    public void A_host_function_that_waits_suspends_the_call_behind_it()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.IsTrue(TestModules.Call(instance, "wait", 5) == WasmStatus.Waiting);
        Assert.AreEqual(50, instance.WakeAt);
        Assert.IsTrue(instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(106, (int)instance.ResultBits(0));
    }

    [TestMethod]
    public void A_host_function_that_retries_is_called_until_it_has_an_answer()
    {
        var host = new HostFunctions();
        host.Polls = 2;
        var instance = TestModules.Instance(new WasmLimits(), host);
        Assert.IsTrue(TestModules.Call(instance, "poll") == WasmStatus.Waiting);
        Assert.IsTrue(instance.Run(100) == WasmStatus.Waiting);
        Assert.AreEqual(2, instance.WakeAt);
        Assert.IsTrue(instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(42, (int)instance.ResultBits(0));
        Assert.AreEqual(3, host.Polled);
    }

    [TestMethod]
    public void An_export_can_be_called_while_another_call_waits()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        TestModules.Call(instance, "wait", 5);
        instance.Begin(instance.Module.FindFunction("count"), new long[] { 20 });
        Assert.AreEqual(2, instance.ActiveCalls);
        Assert.IsTrue(instance.Run(5) == WasmStatus.OutOfFuel);
        Assert.IsTrue(TestModules.Call(instance, "swap", 1, 2) == WasmStatus.Finished);
        while (instance.Run(5) == WasmStatus.OutOfFuel)
        {
        }

        Assert.AreEqual(20, (int)instance.ResultBits(0));
        Assert.AreEqual(1, instance.ActiveCalls);
        Assert.IsTrue(instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(106, (int)instance.ResultBits(0));
        Assert.AreEqual(1, instance.ResultCount);
    }

    [TestMethod]
    public void A_call_on_top_that_does_not_end_leaves_the_stack_pointer_where_it_was()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        var stackPointer = (WasmGlobal)instance.GetExport("g");
        TestModules.Call(instance, "wait", 5);

        instance.Begin(instance.Module.FindFunction("spin"), null);
        Assert.IsTrue(instance.Run(50) == WasmStatus.OutOfFuel);
        stackPointer.Set(3);
        instance.CancelCall();
        Assert.AreEqual(7, stackPointer.Bits);
        Assert.AreEqual(1, instance.ActiveCalls);

        instance.Begin(instance.Module.FindFunction("divide"), new long[2]);
        stackPointer.Set(3);
        Assert.IsTrue(instance.Run(50) == WasmStatus.Trapped);
        Assert.AreEqual(7, stackPointer.Bits);

        instance.Begin(instance.Module.FindFunction("count"), new long[] { 2 });
        stackPointer.Set(8);
        Assert.IsTrue(instance.Run(50) == WasmStatus.Finished);
        Assert.AreEqual(8, stackPointer.Bits);
        Assert.IsTrue(instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(106, (int)instance.ResultBits(0));
    }

    [TestMethod]
    public void A_program_that_does_not_wait_is_suspended_at_its_next_host_call()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        instance.YieldsAtHostCall = true;
        Assert.AreEqual(20, TestModules.Result(instance, "count", 20));

        Assert.IsTrue(TestModules.Call(instance, "poll") == WasmStatus.Waiting);
        Assert.AreEqual(0, instance.WakeAt);
        instance.YieldsAtHostCall = false;
        Assert.AreEqual(20, TestModules.Result(instance, "count", 20));
        Assert.IsTrue(instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(42, (int)instance.ResultBits(0));
    }

    [TestMethod]
    public void Wrong_arguments_are_refused()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.AreEqual(-1, instance.Module.FindFunction("none"));
        Assert.ThrowsException(typeof(ArgumentException), () => instance.Begin(-1, null));
        Assert.ThrowsException(typeof(ArgumentException), () => instance.Begin(instance.Module.FindFunction("add"), new long[1]));
    }

    [TestMethod]
    public void Instances_share_what_one_imports_from_the_other()
    {
        var limits = new WasmLimits();
        var first = TestModules.Instance(limits, new HostFunctions());
        var imports = new WasmImports();
        imports.Add("host", first);
        Assert.ThrowsException(typeof(WasmLinkException), () => new WasmInstance(first.Module, null, limits));
        var wait = first.GetExport("wait");
        imports.Add("host", "wait", wait);
        var second = new WasmInstance(first.Module, imports, limits);
        Assert.IsTrue(TestModules.Call(second, "wait", 5) == WasmStatus.Waiting);
        Assert.AreEqual(50, second.WakeAt);
        Assert.IsTrue(second.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(206, (int)second.ResultBits(0));
        Assert.AreEqual(7, ((WasmGlobal)first.GetExport("g")).Bits);
        Assert.IsNull(first.GetExport("none"));
    }

    private static int OutOfFuelIn(string export, params long[] arguments)
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        instance.Begin(instance.Module.FindFunction(export), arguments);
        var count = 0;
        while (instance.Run(100) == WasmStatus.OutOfFuel)
        {
            count++;
        }

        return count;
    }
}
