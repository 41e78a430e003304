using System;
using nanoFramework.TestFramework;
using PicoKubelet.Node.Duties;
using PicoKubelet.Runtime;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Events;

[TestClass]
public class CertificateDutyTests
{
    [TestMethod]
    public void A_month_before_it_is_told_once_a_day()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        CertificateDuty duty = NewDuty(harness);
        Look(harness, duty, new DateTime(2049, 12, 1, 0, 0, 0), NodeStage.InOrder);
        Assert.IsFalse(harness.Events.HasPending);

        Look(harness, duty, new DateTime(2049, 12, 2, 0, 0, 0), NodeStage.InOrder);
        Assert.IsTrue(harness.Events.Send().IsOk);
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"ClientCertificateExpiring\"", harness.Server.Last.Body);
        Assert.Contains("\"message\":\"clientCertificate expires on 2049-12-31T23:59:58Z; the enroll program makes another one with --rotate\"", harness.Server.Last.Body);

        Look(harness, duty, new DateTime(2049, 12, 2, 12, 0, 0), NodeStage.InOrder);
        Assert.IsFalse(harness.Events.HasPending);
        Look(harness, duty, new DateTime(2049, 12, 3, 1, 0, 0), NodeStage.InOrder);
        Assert.IsTrue(harness.Events.HasPending);
    }

    [TestMethod]
    public void One_that_has_expired_is_in_the_log_though_the_cluster_refuses_the_board()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        CertificateDuty duty = NewDuty(harness);

        Look(harness, duty, new DateTime(2050, 1, 1, 0, 0, 0), NodeStage.Timed);

        Assert.Contains("clientCertificate has expired on 2049-12-31T23:59:58Z", harness.Log.LastLine);
    }

    [TestMethod]
    public void Without_the_time_nothing_is_told()
    {
        EventRecorderHarness harness = new EventRecorderHarness();
        CertificateDuty duty = NewDuty(harness);

        Look(harness, duty, new DateTime(2050, 1, 1, 0, 0, 0), NodeStage.Linked);

        Assert.IsFalse(harness.Events.HasPending);
    }

    private static void Look(EventRecorderHarness harness, CertificateDuty duty, DateTime now, NodeStage stage)
    {
        harness.Time.Set(now);
        duty.Observe(stage);
    }

    private static CertificateDuty NewDuty(EventRecorderHarness harness)
    {
        TlsIdentity identity = TlsIdentity.Read("clientCertificate", TestIdentity.Certificate, "clientKey", TestIdentity.Key);
        return new CertificateDuty(identity, harness.Events, harness.Time, harness.Logger);
    }
}
