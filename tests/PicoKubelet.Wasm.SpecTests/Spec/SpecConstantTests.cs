using PicoKubelet.Bench.Wasm.Spec;

namespace PicoKubelet.Wasm.SpecTests.Spec;

/// <summary>Which values a script's expectation takes.</summary>
[TestClass]
public sealed class SpecConstantTests
{
    [TestMethod]
    [DataRow("i32", "4294967295", 0xFFFF_FFFFUL, true)]
    [DataRow("i32", "1", 2UL, false)]
    [DataRow("i64", "18446744073709551615", ulong.MaxValue, true)]
    [DataRow("f32", "nan:canonical", 0xFFC0_0000UL, true)]
    [DataRow("f32", "nan:canonical", 0x7FC0_0001UL, false)]
    [DataRow("f32", "nan:arithmetic", 0x7FE0_0001UL, true)]
    [DataRow("f32", "nan:arithmetic", 0x7FA0_0000UL, false)]
    [DataRow("f32", "nan:arithmetic", 0x3F80_0000UL, false)]
    [DataRow("f64", "nan:canonical", 0xFFF8_0000_0000_0000UL, true)]
    [DataRow("f64", "nan:canonical", 0x7FF8_0000_0000_0001UL, false)]
    [DataRow("f64", "nan:arithmetic", 0x7FFF_0000_0000_0000UL, true)]
    [DataRow("f64", "nan:arithmetic", 0x7FF4_0000_0000_0000UL, false)]
    [DataRow("f64", "9223372036854775808", 0x8000_0000_0000_0000UL, true)]
    [DataRow("f64", "9223372036854775808", 0UL, false)]
    public void BitsMatch(string type, string value, ulong actual, bool expected)
    {
        Assert.AreEqual(expected, new SpecConstant { Type = type, Value = value }.Matches(actual));
    }
}
