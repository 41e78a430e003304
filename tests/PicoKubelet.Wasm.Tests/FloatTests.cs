using System;
using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>What the device has no call for, on both builds.</summary>
[TestClass]
public class FloatTests
{
    [TestMethod]
    [DataRow(0x00000000)]
    [DataRow(0x3F800000)]
    [DataRow(0x40490FDB)]
    [DataRow(0x7F7FFFFF)]
    [DataRow(0x7F800000)]
    [DataRow(0x00800000)]
    [DataRow(0x007FFFFF)]
    [DataRow(0x00000001)]
    [DataRow(0x00012345)]
    public void Bits_of_32_bits_go_by_way_of_64(int bits)
    {
        Assert.AreEqual(bits, Floats.SingleBits(Floats.WithSingleBits(bits)));
        Assert.AreEqual(bits | int.MinValue, Floats.SingleBits(Floats.WithSingleBits(bits | int.MinValue)));
        Assert.IsTrue(Floats.WithSingleBits(bits) == BitConverter.ToSingle(BitConverter.GetBytes(bits), 0));
    }

    [TestMethod]
    public void A_division_by_zero_is_infinite_or_no_number()
    {
        Assert.IsTrue(double.IsPositiveInfinity(Floats.Divide(1, 0)));
        Assert.IsTrue(double.IsNegativeInfinity(Floats.Divide(1, BitConverter.Int64BitsToDouble(long.MinValue))));
        Assert.IsTrue(double.IsNegativeInfinity(Floats.Divide(double.NegativeInfinity, 0)));
        Assert.IsTrue(double.IsNaN(Floats.Divide(0, 0)));
        Assert.IsTrue(double.IsNaN(Floats.Divide(double.NaN, 0)));
        Assert.IsTrue(Floats.Divide(7, 2) == 3.5);
    }

    [TestMethod]
    public void Square_roots_are_rounded_to_nearest()
    {
        Assert.AreEqual(BitConverter.DoubleToInt64Bits(3.0), BitConverter.DoubleToInt64Bits(Floats.RootByDigits(9.0)));
        Assert.AreEqual(0x3FF6A09E667F3BCD, BitConverter.DoubleToInt64Bits(Floats.RootByDigits(2.0)));
        Assert.AreEqual(0x3FEBB67AE8584CAA, BitConverter.DoubleToInt64Bits(Floats.RootByDigits(0.75)));
        Assert.AreEqual(0x1FE0000000000000, BitConverter.DoubleToInt64Bits(Floats.RootByDigits(BitConverter.Int64BitsToDouble(1L << 48))));
        Assert.AreEqual(0x5FEFFFFFFFFFFFFF, BitConverter.DoubleToInt64Bits(Floats.RootByDigits(double.MaxValue)));
        Assert.IsTrue(double.IsNaN(Floats.RootByDigits(-1)));
        Assert.AreEqual(long.MinValue, BitConverter.DoubleToInt64Bits(Floats.RootByDigits(BitConverter.Int64BitsToDouble(long.MinValue))));
    }
}
