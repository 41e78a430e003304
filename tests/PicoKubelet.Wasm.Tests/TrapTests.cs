using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>Traps: kind, place, and that the instance can be used afterwards.</summary>
[TestClass]
public class TrapTests
{
    [TestMethod]
    public void A_trap_tells_kind_function_name_and_offset()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.IsTrue(TestModules.Call(instance, "divide", 1, 0) == WasmStatus.Trapped);
        Assert.IsTrue(instance.Trap.Kind == WasmTrapKind.IntegerDivideByZero);
        Assert.AreEqual("integer divide by zero", instance.Trap.Text);
        Assert.AreEqual(instance.Module.FindFunction("divide"), instance.Trap.Function);
        Assert.AreEqual("divide", instance.Trap.FunctionName);
        Assert.AreEqual(OffsetOf(0x6D) + 1, instance.Trap.Offset);
        Assert.AreEqual(5, TestModules.Result(instance, "divide", 11, 2));
        Assert.IsNull(instance.Trap);
    }

    [TestMethod]
    public void Without_offsets_and_names_a_trap_tells_where_its_function_begins()
    {
        var limits = new WasmLimits();
        limits.KeepOffsets = false;
        limits.NameBytes = 0;
        var instance = TestModules.Instance(limits, new HostFunctions());
        TestModules.Call(instance, "divide", 1, 0);
        Assert.IsNull(instance.Trap.FunctionName);
        Assert.IsTrue(instance.Trap.Offset > 0 && instance.Trap.Offset < OffsetOf(0x6D));
    }

    [TestMethod]
    public void Each_trap_has_its_kind()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Expect(instance, WasmTrapKind.IntegerOverflow, "divide", int.MinValue, -1);
        Expect(instance, WasmTrapKind.OutOfBoundsMemoryAccess, "load", 65536 - 7);
        Expect(instance, WasmTrapKind.OutOfBoundsMemoryAccess, "load", -4);
        Expect(instance, WasmTrapKind.OutOfBoundsMemoryAccess, "store", 65536, 1);
        Expect(instance, WasmTrapKind.OutOfBoundsMemoryAccess, "fill", 65000, 1, 600);
        Expect(instance, WasmTrapKind.UninitializedElement, "indirect", 1);
        Expect(instance, WasmTrapKind.UndefinedElement, "indirect", 2);
        Expect(instance, WasmTrapKind.CallStackExhausted, "deep", 1000);
        Assert.AreEqual(0, TestModules.Result(instance, "load", 65536 - 8));
    }

    [TestMethod]
    public void The_stack_is_bounded_in_bytes_too()
    {
        var limits = new WasmLimits();
        limits.CallDepth = 10000;
        limits.StackBytes = 2000;
        var instance = TestModules.Instance(limits, new HostFunctions());
        Expect(instance, WasmTrapKind.CallStackExhausted, "deep", 100);
        Assert.AreEqual(10, TestModules.Result(instance, "deep", 10));
    }

    [TestMethod]
    public void A_host_function_that_throws_ends_the_call()
    {
        var limits = new WasmLimits();
        var imports = new WasmImports();
        imports.Add("host", "wait", "i:i", Throw);
        imports.Add("host", "poll", ":i", Fail);
        var instance = new WasmInstance(WasmLoader.Load(TestModules.TestBytes(), limits), imports, limits);
        Expect(instance, WasmTrapKind.OutOfBoundsMemoryAccess, "wait", 1);
        Expect(instance, WasmTrapKind.Host, "poll");
        Assert.AreEqual("no sensor", instance.Trap.Text);
        Expect(instance, WasmTrapKind.IntegerDivideByZero, "divide", 1, 0);
        Assert.AreEqual("integer divide by zero", instance.Trap.Text);
    }

    private static void Throw(WasmHostCall call) => call.Memory.ReadInt32(65534);

    private static void Fail(WasmHostCall call) => call.Fail("no sensor");

    private static void Expect(WasmInstance instance, WasmTrapKind kind, string export, params long[] arguments)
    {
        Assert.IsTrue(TestModules.Call(instance, export, arguments) == WasmStatus.Trapped, export);
        Assert.AreEqual(WasmTrap.TextOf(kind), WasmTrap.TextOf(instance.Trap.Kind), export);
    }

    // The division is the only byte of this value behind two local.get.
    private static int OffsetOf(byte op)
    {
        var bytes = TestModules.TestBytes();
        var at = 0;
        while (bytes[at] != op || bytes[at - 1] != 1 || bytes[at - 2] != 0x20)
        {
            at++;
        }

        return at;
    }
}
