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
    private readonly EventRecorderHarness _harness = new EventRecorderHarness();

    [TestMethod]
    public void A_month_before_it_is_told_once_a_day()
    {
        CertificateDuty duty = NewDuty();
        Look(duty, new DateTime(2049, 12, 1, 0, 0, 0), NodeStage.InOrder);
        Assert.IsFalse(_harness.Events.HasPending);

        Look(duty, new DateTime(2049, 12, 2, 0, 0, 0), NodeStage.InOrder);
        Assert.IsTrue(_harness.Events.Send().IsOk);
        Assert.Contains("\"type\":\"Warning\",\"reason\":\"ClientCertificateExpiring\"", _harness.Server.Last.Body);
        Assert.Contains("\"message\":\"clientCertificate expires on 2049-12-31T23:59:58Z; the enroll program makes another one with --rotate\"", _harness.Server.Last.Body);

        Look(duty, new DateTime(2049, 12, 2, 12, 0, 0), NodeStage.InOrder);
        Assert.IsFalse(_harness.Events.HasPending);
        Look(duty, new DateTime(2049, 12, 3, 1, 0, 0), NodeStage.InOrder);
        Assert.IsTrue(_harness.Events.HasPending);
    }

    [TestMethod]
    public void One_that_has_expired_is_in_the_log_though_the_cluster_refuses_the_board()
    {
        CertificateDuty duty = NewDuty();

        Look(duty, new DateTime(2050, 1, 1, 0, 0, 0), NodeStage.Timed);

        Assert.Contains("clientCertificate has expired on 2049-12-31T23:59:58Z", _harness.Log.LastLine);
    }

    [TestMethod]
    public void Without_the_time_nothing_is_told()
    {
        CertificateDuty duty = NewDuty();

        Look(duty, new DateTime(2050, 1, 1, 0, 0, 0), NodeStage.Linked);

        Assert.IsFalse(_harness.Events.HasPending);
    }

    private void Look(CertificateDuty duty, DateTime now, NodeStage stage)
    {
        _harness.Time.Set(now);
        duty.Observe(stage);
    }

    private CertificateDuty NewDuty()
    {
        TlsIdentity identity = TlsIdentity.Read("clientCertificate", TestIdentity.Certificate, "clientKey", TestIdentity.Key);
        return new CertificateDuty(identity, _harness.Events, _harness.Time, _harness.Logger);
    }
}
