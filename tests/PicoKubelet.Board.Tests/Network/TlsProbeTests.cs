using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Network;

namespace PicoKubelet.Tests.Network;

[TestClass]
public class TlsProbeTests
{
    [TestMethod]
    [DataRow("10.0.0.1", 129)]
    [DataRow("k3s.example", 149)]
    public void The_hello_is_whole_and_tells_a_name_alone(string host, int length)
    {
        ScriptedConnection server = new ScriptedConnection(Record(22, 2, 40), 1000, false);
        TlsProbe.Ask(server, host);

        byte[] hello = server.Sent;
        Assert.AreEqual(length, hello.Length);
        Assert.AreEqual(length - 5, (hello[3] << 8) | hello[4]);
        Assert.AreEqual(length - 9, (hello[7] << 8) | hello[8]);

        // Extension by extension to the last byte.
        int at = 74;
        Assert.AreEqual(length - at, (hello[72] << 8) | hello[73]);
        bool hasName = false;
        while (at < length)
        {
            int size = (hello[at + 2] << 8) | hello[at + 3];
            if (hello[at] == 0 && hello[at + 1] == 0)
            {
                hasName = true;
                Assert.AreEqual(host, Encoding.UTF8.GetString(hello, at + 9, size - 5));
            }

            at += 4 + size;
        }

        Assert.AreEqual(length, at);
        Assert.AreEqual(host != "10.0.0.1", hasName);
    }

    [TestMethod]
    [DataRow(1, 22, 2, 90)]
    [DataRow(7, 22, 2, 4000)]
    [DataRow(1000, 22, 2, 16384)]
    [DataRow(1000, 21, 2, 2)]
    [DataRow(1000, 20, 1, 1)]
    public void A_whole_record_is_an_answer(int pieceSize, int type, int first, int length)
    {
        ScriptedConnection server = new ScriptedConnection(Record(type, first, length), pieceSize, true);
        TlsProbe.Ask(server, "10.0.0.1");
        Assert.AreEqual(0, server.Left);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4)]
    [DataRow(5)]
    [DataRow(94)]
    public void A_server_that_is_silent_before_its_record_is_whole_is_not_waited_for(int bytes)
    {
        byte[] part = new byte[bytes];
        Array.Copy(Record(22, 2, 90), 0, part, 0, bytes);
        bool hasTimedOut = false;
        try
        {
            TlsProbe.Ask(new ScriptedConnection(part, 1, true), "10.0.0.1");
        }
        catch (TimeoutException)
        {
            hasTimedOut = true;
        }

        Assert.IsTrue(hasTimedOut);
        Assert.AreEqual("closed by the server", Refusal(part));
    }

    [TestMethod]
    public void Servers_that_will_not_make_a_handshake_are_named()
    {
        byte[] old = Record(22, 2, 90);
        old[10] = 1;
        Assert.AreEqual("the server speaks neither TLS 1.2 nor 1.3", Refusal(old));
        Assert.AreEqual("the server speaks neither TLS 1.2 nor 1.3", Refusal(new byte[] { 21, 3, 1, 0, 2, 2, 70 }));
        Assert.AreEqual("the server does not speak TLS; is its URL http://?", Refusal(Encoding.UTF8.GetBytes("HTTP/1.0 400 Bad Request\r\n\r\n")));
        Assert.AreEqual("the server does not speak TLS; is its URL http://?", Refusal(new byte[] { 22, 3, 3, 0x50, 0, 2 }));
        Assert.AreEqual("the server does not speak TLS; is its URL http://?", Refusal(new byte[] { 22, 3, 3, 0, 0 }));
    }

    private static string Refusal(byte[] answer)
    {
        try
        {
            TlsProbe.Ask(new ScriptedConnection(answer, 3, false), "10.0.0.1");
        }
        catch (ConnectException e)
        {
            Assert.IsTrue(e.Phase == ConnectPhase.Handshake);
            return e.Message;
        }

        return null;
    }

    /// <summary>A record, of a handshake message of version 1.2 where there is room.</summary>
    private static byte[] Record(int type, int first, int length)
    {
        byte[] record = new byte[5 + length];
        record[0] = (byte)type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte)(length >> 8);
        record[4] = (byte)length;
        record[5] = (byte)first;
        if (length > 5)
        {
            record[9] = 3;
            record[10] = 3;
        }

        return record;
    }
}
