using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>WASI over a host with a clock of its own.</summary>
[TestClass]
public class WasiTests
{
    [TestMethod]
    public void A_program_writes_sleeps_and_exits_and_what_is_not_there_says_so()
    {
        var limits = new WasmLimits();
        var host = new WasiHost();
        var instance = new WasmInstance(WasmLoader.Load(TestModules.WasiBytes(), limits), new WasiPreview1(host, null, null), limits);
        Assert.IsTrue(TestModules.Call(instance, "_start") == WasmStatus.Waiting);
        Assert.AreEqual("hello\n", host.Written);
        Assert.AreEqual(6, instance.Memory.ReadInt32(8));
        Assert.AreEqual(1000 + 5000000000, instance.WakeAt);
        Assert.AreEqual(1, instance.Memory.ReadInt32(12));
        Assert.IsTrue(instance.Run(1000) == WasmStatus.Exited);
        Assert.AreEqual(52, instance.ExitCode); // ENOSYS, of path_open
        Assert.AreEqual(0, instance.ActiveCalls);
    }

    private sealed class WasiHost : IWasiHost
    {
        public string Written { get; private set; } = string.Empty;

        public long Nanoseconds(int clock) => 1000;

        public void Random(byte[] buffer, int count)
        {
        }

        public void Write(int descriptor, byte[] buffer, int count)
        {
            for (var i = 0; i < count; i++)
            {
                Written += (char)buffer[i];
            }
        }
    }
}
