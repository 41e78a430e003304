using nanoFramework.TestFramework;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class DhcpTests
{
    private const string Cookie = "63825363";
    private const string Mac = "aabbccddee01";
    private const string Discover = "350101";
    private const string Request = "350103";

    [TestMethod]
    public void A_client_is_offered_an_address_and_given_it()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string offer = Ask(board, Message(Mac, Discover));
        Assert.AreEqual(68, board.AccessPoint.Dhcp.SentTo);
        Assert.AreEqual("02010600" + "12345678", offer.Substring(0, 16));
        Assert.AreEqual("c0a80402", Field(offer, 16, 4));
        Assert.AreEqual(Mac, Field(offer, 28, 6));
        Assert.AreEqual(600, offer.Length);
        Assert.AreEqual(Cookie + "350102" + "3604c0a80401" + "330400000e10" + "0104ffffff00" + "0304c0a80401" + "0604c0a80401" + "ff", Field(offer, 236, 38));

        string ack = Ask(board, Message(Mac, Request + "3604c0a80401" + "3204c0a80402"));
        Assert.AreEqual("350105", Field(ack, 240, 3));
        Assert.AreEqual("c0a80402", Field(ack, 16, 4));
    }

    [TestMethod]
    public void A_lease_is_made_longer()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        Ask(board, Message(Mac, Discover));

        string ack = Ask(board, Message(Mac, Request, "c0a80402"));

        Assert.AreEqual("350105", Field(ack, 240, 3));
    }

    [TestMethod]
    public void An_address_of_another_network_is_refused()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();

        string nak = Ask(board, Message(Mac, Request + "3204c0a80132"));

        Assert.AreEqual("350106", Field(nak, 240, 3));
        Assert.AreEqual("00000000", Field(nak, 16, 4));
    }

    [TestMethod]
    public void Each_client_has_its_own_address_and_the_oldest_gives_way()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        for (int i = 1; i <= 4; i++)
        {
            Assert.AreEqual("c0a8040" + (i + 1).ToString(), Field(Ask(board, Message("aabbccddee0" + i.ToString(), Discover)), 16, 4));
        }

        Assert.AreEqual("c0a80403", Field(Ask(board, Message("aabbccddee02", Discover)), 16, 4));
        Assert.AreEqual("c0a80402", Field(Ask(board, Message("aabbccddee05", Discover)), 16, 4));
    }

    [TestMethod]
    [DataRow("350104")]
    [DataRow("350107")]
    [DataRow("350108")]
    [DataRow("3500")]
    [DataRow("")]
    [DataRow("350103" + "3604c0a80105" + "3204c0a80105")]
    public void What_is_for_others_is_not_answered(string options)
    {
        Assert.IsNull(Ask(ProvisioningHarness.Serving(), Message(Mac, options)));
    }

    [TestMethod]
    public void A_relays_message_is_not_answered()
    {
        byte[] message = Message(Mac, Discover);
        message[24] = 10;

        Assert.IsNull(Ask(ProvisioningHarness.Serving(), message));
    }

    [TestMethod]
    public void What_is_cut_or_garbage_does_no_harm()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        byte[] whole = Message(Mac, "0c0548656c6c6f" + Request + "3204c0a80402");
        for (int length = 1; length < whole.Length; length++)
        {
            byte[] cut = new byte[length];
            System.Array.Copy(whole, cut, length);
            Ask(board, cut);
            byte[] bent = (byte[])whole.Clone();
            bent[length] ^= 0xff;
            Ask(board, bent);
        }

        Assert.IsNull(Ask(board, new byte[600]));
        Assert.IsNull(Ask(board, Message(Mac, "35ff" + "01")));
    }

    private static string Ask(ProvisioningHarness board, byte[] message)
    {
        board.AccessPoint.Dhcp.Arrive(message);
        board.Mode.Step();
        return board.AccessPoint.Dhcp.Sent;
    }

    private static byte[] Message(string mac, string options, string address = "00000000")
    {
        // op, htype, hlen, hops, xid, secs, flags, ciaddr, yiaddr, siaddr, giaddr, chaddr, sname, file.
        return Bytes.FromHex("01010600" + "12345678" + "00000000" + address + "000000000000000000000000" + mac + new string('0', 20 + 384) + Cookie + options + "ff");
    }

    private static string Field(string hex, int offset, int count)
    {
        return hex.Substring(2 * offset, 2 * count);
    }
}
