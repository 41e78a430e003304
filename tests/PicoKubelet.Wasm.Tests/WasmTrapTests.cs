using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>The words of the traps.</summary>
[TestClass]
public class WasmTrapTests
{
    [TestMethod]
    public void A_trap_has_the_specifications_words()
    {
        Assert.AreEqual("integer divide by zero", WasmTrap.TextOf(WasmTrapKind.IntegerDivideByZero));
        Assert.AreEqual("call stack exhausted", WasmTrap.TextOf(WasmTrapKind.CallStackExhausted));
    }
}
