using nanoFramework.TestFramework;
using PicoKubelet.Settings;

namespace PicoKubelet.Tests.Settings;

/// <summary>The names of what pods may ask for.</summary>
[TestClass]
public class ExtendedResourcesTests
{
    [TestMethod]
    [DataRow("picokubelet.io/gpio-0", 0)]
    [DataRow("picokubelet.io/gpio-63", 63)]
    [DataRow("picokubelet.io/adc-0", ExtendedResources.Analog)]
    [DataRow("picokubelet.io/adc-9", ExtendedResources.Analog + 9)]
    [DataRow("picokubelet.io/i2c-0x08", ExtendedResources.I2c + 0x08)]
    [DataRow("picokubelet.io/i2c-0x4a", ExtendedResources.I2c + 0x4a)]
    [DataRow("picokubelet.io/i2c-0x77", ExtendedResources.I2c + 0x77)]
    public void A_name_stands_for_a_resource(string name, int resource)
    {
        Assert.AreEqual(resource, ExtendedResources.Parse(name));
        Assert.AreEqual(name, ExtendedResources.NameOf(resource));
    }

    [TestMethod]
    [DataRow("picokubelet.io/gpio-64")]
    [DataRow("picokubelet.io/gpio-04")]
    [DataRow("picokubelet.io/gpio-")]
    [DataRow("picokubelet.io/gpio-x")]
    [DataRow("picokubelet.io/gpio--1")]
    [DataRow("picokubelet.io/adc-64")]
    [DataRow("picokubelet.io/adc--1")]
    [DataRow("picokubelet.io/i2c-0x07")]
    [DataRow("picokubelet.io/i2c-0x78")]
    [DataRow("picokubelet.io/i2c-0x4A")]
    [DataRow("picokubelet.io/i2c-0xg1")]
    [DataRow("picokubelet.io/i2c-35")]
    [DataRow("example.com/gpio-4")]
    [DataRow("memory")]
    public void Other_names_stand_for_none(string name)
    {
        Assert.AreEqual(-1, ExtendedResources.Parse(name));
    }

    [TestMethod]
    public void What_was_added_is_there()
    {
        ExtendedResources resources = new ExtendedResources();
        resources.Add(5);
        resources.Add(ExtendedResources.Analog + 63);
        resources.Add(ExtendedResources.I2c + 0x77);
        resources.Add(5);

        Assert.AreEqual(3, resources.Count);
        Assert.IsTrue(resources.Pins == 1UL << 5);
        Assert.IsTrue(resources.Has(ExtendedResources.Analog + 63));
        Assert.IsTrue(resources.Has(ExtendedResources.I2c + 0x77));
        Assert.IsFalse(resources.Has(ExtendedResources.Analog + 5));
    }
}
