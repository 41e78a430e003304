using System;
using nanoFramework.TestFramework;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Time;

[TestClass]
public class PlausibleTimeTests
{
    [TestMethod]
    public void It_begins_with_the_year_of_the_version()
    {
        Assert.IsFalse(PlausibleTime.Includes(new DateTime(FirmwareVersion.Year, 1, 1).AddSeconds(-1)));
        Assert.IsTrue(PlausibleTime.Includes(new DateTime(FirmwareVersion.Year, 1, 1)));
    }

    [TestMethod]
    public void It_ends_before_what_an_RP2040s_unset_clock_shows()
    {
        Assert.IsTrue(PlausibleTime.Includes(new DateTime(FirmwareVersion.Year + PlausibleTime.Years, 1, 1).AddSeconds(-1)));
        Assert.IsFalse(PlausibleTime.Includes(new DateTime(FirmwareVersion.Year + PlausibleTime.Years, 1, 1)));
        Assert.IsFalse(PlausibleTime.Includes(new DateTime(2048, 1, 31)));
    }
}
