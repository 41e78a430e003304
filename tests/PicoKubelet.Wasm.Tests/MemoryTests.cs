using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>The sparse memory: what it costs, where it ends, and the instructions on many bytes.</summary>
[TestClass]
public class MemoryTests
{
    [TestMethod]
    public void Memory_costs_what_is_written_and_not_zero()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        Assert.AreEqual(0, instance.Memory.BytesInUse);
        TestModules.Call(instance, "store", 60000, 0);
        TestModules.Call(instance, "fill", 0, 0, 65536);
        Assert.AreEqual(1, TestModules.Result(instance, "grow", 2));
        Assert.AreEqual(-1, TestModules.Result(instance, "grow", 1));
        Assert.AreEqual(0, instance.Memory.BytesInUse);
        TestModules.Call(instance, "store", 100, 1);
        Assert.AreEqual(WasmMemory.BlockCost, instance.Memory.BytesInUse);
        TestModules.Call(instance, "store", 511, 1);
        Assert.AreEqual(WasmMemory.BlockCost, instance.Memory.BytesInUse);
    }

    [TestMethod]
    public void Past_the_limit_of_bytes_a_program_is_out_of_memory()
    {
        var limits = new WasmLimits();
        limits.MemoryBytes = 2048;
        var instance = TestModules.Instance(limits, new HostFunctions());
        Assert.IsTrue(TestModules.Call(instance, "fill", 0, 255, 4096) == WasmStatus.Trapped);
        Assert.IsTrue(instance.Trap.Kind == WasmTrapKind.OutOfMemory);
        Assert.IsTrue(instance.Memory.BytesInUse <= 2048);
        Assert.IsTrue(TestModules.Call(instance, "store", 65000, 1) == WasmStatus.Trapped);
        Assert.IsTrue(instance.Trap.Kind == WasmTrapKind.OutOfMemory);
        Assert.ThrowsException(typeof(WasmTrapException), () => instance.Memory.WriteInt32(40000, 1));
    }

    [TestMethod]
    public void Bytes_are_filled_and_copied_across_blocks()
    {
        var instance = TestModules.Instance(new WasmLimits(), new HostFunctions());
        var memory = instance.Memory;
        for (var i = 0; i < 40; i++)
        {
            memory.WriteByte(1000 + i, (byte)(i + 1));
        }

        Check(instance, 1003, 1000, 37);
        Check(instance, 1000, 1002, 38);
        Check(instance, 1008, 1000, 36);
        Check(instance, 996, 1000, 40);
        for (var i = 0; i < 1200; i++)
        {
            memory.WriteByte(3000 + i, (byte)(i * 7));
        }

        Check(instance, 3004, 3000, 1190);
        Check(instance, 3001, 3004, 1150);
        Check(instance, 3007, 3001, 1150);
        Check(instance, 3001, 3009, 1101);
        Check(instance, 20000, 3002, 1200);
        Check(instance, 3000, 30000, 1000);
        TestModules.Call(instance, "fill", 509, 7, 9);
        Assert.AreEqual(0, (int)memory.ReadByte(508));
        Assert.AreEqual(0x07070707, memory.ReadInt32(510));
        Assert.AreEqual(7, (int)memory.ReadByte(517));
        Assert.AreEqual(0, (int)memory.ReadByte(518));
    }

    [TestMethod]
    public void The_host_reads_and_writes_within_bounds_at_any_alignment()
    {
        var memory = TestModules.Instance(new WasmLimits(), new HostFunctions()).Memory;
        memory.WriteInt64(509, 0x1122334455667788);
        Assert.AreEqual(0x1122334455667788, memory.ReadInt64(509));
        Assert.AreEqual(0x44556677, memory.ReadInt32(510));
        var bytes = new byte[8];
        memory.Read(509, bytes, 0, 8);
        memory.Write(65528, bytes, 0, 8);
        Assert.AreEqual(0x1122334455667788, memory.ReadInt64(65528));
        Assert.ThrowsException(typeof(WasmTrapException), () => memory.ReadInt64(65529));
        Assert.ThrowsException(typeof(WasmTrapException), () => memory.ReadByte(-1));
        Assert.ThrowsException(typeof(WasmTrapException), () => memory.Read(65530, bytes, 0, 8));
    }

    // Against a copy of what was there before.
    private static void Check(WasmInstance instance, int to, int from, int count)
    {
        var before = new byte[count];
        instance.Memory.Read(from, before, 0, count);
        Assert.IsTrue(TestModules.Call(instance, "copy", to, from, count) == WasmStatus.Finished);
        for (var i = 0; i < count; i++)
        {
            Assert.AreEqual((int)before[i], (int)instance.Memory.ReadByte(to + i), to + " from " + from + " at " + i);
        }
    }
}
