using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

/// <summary>Each state of the Wi-Fi, and where each thing that can happen leads from there.</summary>
[TestClass]
public class LinkStatesTests
{
    private const string Waiting = "waiting";
    private const string Joining = "joining";
    private const string WaitingForAddress = "waiting for an address";
    private const string Connected = "connected";

    [TestMethod]
    [DataRow(Waiting, "address", Connected)]
    [DataRow(Waiting, "link", Waiting)]
    [DataRow(Waiting, "loss", Waiting)]
    [DataRow(Waiting, "time: joined", WaitingForAddress)]
    [DataRow(Waiting, "time: address", Connected)]
    [DataRow(Waiting, "time: refused", Waiting)]
    [DataRow(Waiting, "time: failed", Joining)]
    [DataRow(Joining, "address", Connected)]
    [DataRow(Joining, "link", WaitingForAddress)]
    [DataRow(Joining, "loss", Joining)]
    [DataRow(Joining, "time: refused", Waiting)]
    [DataRow(WaitingForAddress, "address", Connected)]
    [DataRow(WaitingForAddress, "link", WaitingForAddress)]
    [DataRow(WaitingForAddress, "loss", Joining)]
    [DataRow(WaitingForAddress, "time: joined", Waiting)]
    [DataRow(Connected, "address", Connected)]
    [DataRow(Connected, "link", Waiting)]
    [DataRow(Connected, "loss", Waiting)]
    [DataRow(Connected, "time: address", Connected)]
    public void From_each_state_each_event_leads_on(string from, string happening, string to)
    {
        LinkHarness harness = In(from);
        int wait = Happen(harness, happening);

        Assert.AreEqual(to, harness.Link.StateName);
        Assert.AreEqual(to == Connected, wait == 0);
        Assert.AreEqual(to == Connected, harness.Link.Address != null);
    }

    private static LinkHarness In(string state)
    {
        LinkHarness harness = state == Connected ? LinkHarness.Up() : LinkHarness.Down(-55);
        harness.Network.Result = state == Waiting ? JoinResult.Refused : state == Joining ? JoinResult.Failed : JoinResult.Joined;
        harness.Network.IsLinkUp = state == WaitingForAddress;
        harness.Link.EnsureUp();
        Assert.AreEqual(state, harness.Link.StateName);
        return harness;
    }

    private static int Happen(LinkHarness harness, string happening)
    {
        switch (happening)
        {
            case "address":
                harness.Network.Address = "10.0.0.7";
                break;
            case "link":
                harness.Network.Address = null;
                harness.Network.IsLinkUp = true;
                break;
            case "loss":
                harness.Network.Address = null;
                harness.Network.IsLinkUp = false;
                break;
            case "time: joined":
                harness.Network.Result = JoinResult.Joined;
                harness.Clock.Advance(30000);
                break;
            case "time: address":
                harness.Network.AddressOnConnect = "10.0.0.7";
                harness.Clock.Advance(30000);
                break;
            case "time: failed":
                harness.Network.Result = JoinResult.Failed;
                harness.Clock.Advance(30000);
                break;
            default:
                harness.Network.Result = JoinResult.Refused;
                harness.Clock.Advance(30000);
                break;
        }

        return harness.Link.EnsureUp();
    }
}
