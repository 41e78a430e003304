using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>What is loaded and what is refused, and with which error.</summary>
[TestClass]
public class LoadTests
{
    [TestMethod]
    public void A_module_is_loaded_in_slices()
    {
        var loader = new WasmLoader(new WasmBytes(TestModules.TestBytes()), new WasmLimits());
        var steps = 1;
        while (!loader.Step(1))
        {
            Assert.IsNull(loader.Module);
            steps++;
        }

        Assert.IsTrue(steps > 100);
        Assert.AreEqual(2, loader.Module.ImportCount);
        Assert.AreEqual("host", loader.Module.ImportModule(1));
        Assert.AreEqual("poll", loader.Module.ImportName(1));
        Assert.AreEqual("memory", loader.Module.ExportName(0));
        Assert.IsTrue(loader.Module.ExportKind(0) == WasmExternalKind.Memory);
        Assert.AreEqual("deep", loader.Module.FunctionName(loader.Module.FindFunction("deep")));
    }

    [TestMethod]
    public void A_truncated_module_is_refused_wherever_it_ends()
    {
        var bytes = TestModules.TestBytes();
        for (var length = 0; length < 440; length++)
        {
            var whole = false;
            try
            {
                var loader = new WasmLoader(new WasmBytes(bytes, 0, length), new WasmLimits());
                while (!loader.Step(1000))
                {
                }

                whole = true;
            }
            catch (WasmLoadException e)
            {
                Assert.IsTrue(e.Offset <= length);
            }

            // Between two sections the code is missing, but behind the header nothing is.
            Assert.IsTrue(!whole || length == 8 || length < 250, "length " + length);
        }
    }

    [TestMethod]
    [DataRow("00617363", "header", "magic header not detected")]
    [DataRow("0061736D02000000", "header", "unknown binary version")]
    [DataRow("0061736D010000000105016001", "type", "unexpected end")]
    [DataRow("0061736D01000000010401600080", "type", "unexpected end")]
    [DataRow("0061736D0100000001FFFFFFFF1F", "type", "integer too large")]
    [DataRow("0061736D01000000010401600000030201000A0401020001", "code", "unexpected end")]
    [DataRow("0061736D01000000010401600000030201000A0601040041000B", "code", "type mismatch")]
    [DataRow("0061736D01000000010401600000030201000A0601040020000B", "code", "unknown local")]
    [DataRow("0061736D010000000105016000017B", "type", "SIMD")]
    [DataRow("0061736D010000000503010301", "memory", "threads")]
    [DataRow("0061736D010000000503010400", "memory", "memory64")]
    [DataRow("0061736D01000000010401600000030201000A070105000640000B0B", "code", "exceptions")]
    [DataRow("0061736D01000000010401600000030201000A0601040012000B", "code", "tail calls")]
    [DataRow("0061736D01000000010401600000030201000A06010400FE000B", "code", "threads")]
    [DataRow("0061736D01000000010401600000030201000A06010400D0700B", "code", "reference types")]
    [DataRow("0061736D010000000104015F0000", "type", "GC")]
    public void What_is_no_module_or_not_of_its_features_is_refused_with_section_and_reason(string hex, string section, string reason)
    {
        try
        {
            WasmLoader.Load(Bytes(hex), new WasmLimits());
        }
        catch (WasmLoadException e)
        {
            Assert.Contains(reason, e.Reason);
            Assert.AreEqual(section, e.Section);
            return;
        }

        Assert.IsTrue(false, "it was loaded: " + hex);
    }

    [TestMethod]
    public void Each_limit_has_an_error_that_names_it()
    {
        var limits = new WasmLimits();
        limits.ModuleBytes = 400;
        Refused(limits, "ModuleBytes");
        limits = new WasmLimits();
        limits.Functions = 10;
        Refused(limits, "Functions");
        limits = new WasmLimits();
        limits.Items = 8;
        Refused(limits, "Items");
        limits = new WasmLimits();
        limits.Locals = 1;
        Refused(limits, "Locals");
        limits = new WasmLimits();
        limits.BlockDepth = 0;
        Refused(limits, "BlockDepth");
        limits = new WasmLimits();
        limits.OperandDepth = 1;
        Refused(limits, "OperandDepth");
        limits = new WasmLimits();
        limits.TableElements = 1;
        Refused(limits, "TableElements");
    }

    [TestMethod]
    public void A_function_may_have_more_registers_than_a_row_can_name()
    {
        var instance = new WasmInstance(WasmLoader.Load(ManyLocals.Build(300), new WasmLimits()), null, new WasmLimits());
        Assert.IsTrue(TestModules.Call(instance, "f", 5) == WasmStatus.Finished);

        // Local n holds n times 5, and each is taken twice.
        Assert.AreEqual(300 * 301 / 2 * 5 * 2, (int)instance.ResultBits(0));
    }

    private static void Refused(WasmLimits limits, string name)
    {
        try
        {
            WasmLoader.Load(TestModules.TestBytes(), limits);
        }
        catch (WasmLoadException e)
        {
            Assert.Contains(name, e.Message);
            Assert.IsTrue(e.Error == WasmLoadError.Limit);
            return;
        }

        Assert.IsTrue(false, "the limit " + name + " was not reached");
    }

    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[hex.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Convert.ToByte(hex.Substring(i * 2, 2), 16);
        }

        return bytes;
    }
}
