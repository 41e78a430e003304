using nanoFramework.TestFramework;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Provisioning;

[TestClass]
public class DnsTests
{
    // a.bc, and what stands before it: an id, "recursion desired", one question.
    private const string Name = "0161" + "026263" + "00";
    private const string Query = "abcd" + "0100" + "0001" + "0000" + "0000" + "0000" + Name;

    [TestMethod]
    public void Every_name_is_this_board()
    {
        string answer = Ask(ProvisioningHarness.Serving(), Query + "00010001");

        Assert.AreEqual("abcd" + "8500" + "0001" + "0001" + "0000" + "0000" + Name + "00010001" + "c00c" + "00010001" + "00000000" + "0004" + "c0a80401", answer);
    }

    [TestMethod]
    [DataRow("001c0001")]
    [DataRow("00410001")]
    [DataRow("00010003")]
    public void Of_other_types_it_has_none(string type)
    {
        string answer = Ask(ProvisioningHarness.Serving(), Query + type);

        Assert.AreEqual("abcd" + "8500" + "0001" + "0000" + "0000" + "0000" + Name + type, answer);
    }

    [TestMethod]
    public void What_a_query_brings_besides_is_left_out()
    {
        string answer = Ask(ProvisioningHarness.Serving(), "abcd" + "0120" + "0001" + "0000" + "0000" + "0001" + Name + "00010001" + "0000291000000000000000");

        Assert.AreEqual("abcd" + "8500" + "0001" + "0001" + "0000" + "0000", answer.Substring(0, 24));
    }

    [TestMethod]
    [DataRow("abcd81000001000000000000" + Name + "00010001")]
    [DataRow("abcd28000001000000000000" + Name + "00010001")]
    [DataRow("abcd01000002000000000000" + Name + "00010001")]
    [DataRow("abcd01000000000000000000")]
    [DataRow("abcd01000001000000000000" + "ff61")]
    [DataRow("00")]
    public void What_is_no_query_is_not_answered(string datagram)
    {
        Assert.IsNull(Ask(ProvisioningHarness.Serving(), datagram));
    }

    [TestMethod]
    public void What_is_cut_is_not_answered()
    {
        ProvisioningHarness board = ProvisioningHarness.Serving();
        string whole = Query + "00010001";
        for (int length = 2; length < whole.Length; length += 2)
        {
            Assert.IsNull(Ask(board, whole.Substring(0, length)));
        }
    }

    private static string Ask(ProvisioningHarness board, string hex)
    {
        board.AccessPoint.Dns.Arrive(Bytes.FromHex(hex));
        board.Mode.Step();
        return board.AccessPoint.Dns.Sent;
    }
}
