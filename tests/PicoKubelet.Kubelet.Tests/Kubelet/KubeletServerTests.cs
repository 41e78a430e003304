using System;
using System.Threading;
using nanoFramework.TestFramework;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Kubelet;

/// <summary>The kubelet's port over real sockets, with a clock that the test moves: a Pico W, one connection in service.</summary>
[TestClass]
public class KubeletServerTests
{
    private const string Request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Busy = "{\"error\":\"busy, and the request is not complete\",\"code\":503}";

    [TestMethod]
    public void A_client_may_take_a_second_for_its_request_while_others_wait()
    {
        ServerHarness harness = new ServerHarness();
        SocketClient first = harness.Connect();
        harness.AwaitService();
        SocketClient second = harness.Connect();
        second.Send(Request);

        harness.Pass(999);
        first.Send(Request);

        Assert.EndsWith("\r\n\r\nok", first.Read("\r\n\r\nok"));
        Assert.EndsWith("\r\n\r\nok", second.Read("\r\n\r\nok"));
        Assert.AreEqual(0, harness.Statistics.Displaced);
        harness.Stop();
    }

    [TestMethod]
    public void A_client_that_takes_longer_is_told_so_and_not_reset()
    {
        ServerHarness harness = new ServerHarness();
        SocketClient slow = harness.Connect();
        harness.AwaitService();
        SocketClient other = harness.Connect();
        other.Send(Request);
        harness.Pass(1000);
        while (harness.Statistics.Displaced == 0)
        {
            Thread.Sleep(1);
        }

        // It has not seen the answer yet. Were the connection closed, the second of these would fail.
        harness.Pass(0);
        slow.Send("GET /healthz");
        harness.Pass(0);
        slow.Send(" HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503 ", slow.Read(Busy));

        slow.Close();
        Assert.EndsWith("\r\n\r\nok", other.Read("\r\n\r\nok"));
        harness.Stop();
    }

    [TestMethod]
    public void A_client_that_was_told_so_and_does_not_close_is_closed()
    {
        ServerHarness harness = new ServerHarness();
        SocketClient silent = harness.Connect();
        harness.AwaitService();
        SocketClient other = harness.Connect();
        other.Send(Request);
        harness.Pass(1000);
        while (harness.Statistics.Displaced == 0)
        {
            Thread.Sleep(1);
        }

        harness.Pass(500);

        Assert.EndsWith("\r\n\r\nok", other.Read("\r\n\r\nok"));
        Assert.EndsWith(Busy, silent.Read("nothing more"));
        harness.Stop();
    }

    [TestMethod]
    public void With_nobody_waiting_nobody_has_to_hurry()
    {
        ServerHarness harness = new ServerHarness();
        SocketClient client = harness.Connect();
        harness.AwaitService();
        client.Send("GET /health");
        harness.Pass(4999);
        client.Send("z HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.EndsWith("\r\n\r\nok", client.Read("\r\n\r\nok"));
        harness.Stop();
    }

    [TestMethod]
    public void Many_that_send_nothing_cost_the_one_behind_them_a_few_seconds_in_all()
    {
        ServerHarness harness = new ServerHarness();
        SocketClient[] idle = new SocketClient[12];
        for (int i = 0; i < idle.Length; i++)
        {
            idle[i] = harness.Connect();
        }

        SocketClient client = harness.Connect();
        client.Send(Request);
        long passed = 0;
        while (!client.HasAnswer)
        {
            harness.Pass(10);
            passed += 10;
            Assert.IsTrue(passed < 4000, harness.Statistics.Displaced.ToString());
        }

        Assert.EndsWith("\r\n\r\nok", client.Read("\r\n\r\nok"));
        harness.Stop();
    }

    [TestMethod]
    public void A_port_that_can_not_be_opened_is_told_once_and_tried_again()
    {
        ServerHarness harness = new ServerHarness(new InvalidOperationException("address in use"));
        while (harness.Node.State.PortFailure == null)
        {
            Thread.Sleep(1);
        }

        Assert.AreEqual("port 10250 can not be opened: address in use", harness.Node.State.PortFailure);
        harness.Sockets.Failure = null;
        SocketClient client = harness.Connect();
        client.Send(Request);

        Assert.EndsWith("\r\n\r\nok", client.Read("\r\n\r\nok"));
        Assert.IsNull(harness.Node.State.PortFailure);
        Assert.AreEqual(1, harness.Node.Log.CountOf("level=error msg=\"kubelet's port can not be opened\" error=\"port 10250 can not be opened: address in use\""));
        harness.Stop();
    }
}
