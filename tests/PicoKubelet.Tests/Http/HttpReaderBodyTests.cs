using nanoFramework.TestFramework;
using PicoKubelet.Http;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Http;

/// <summary>Bodies that are not read to their end, and what comes behind them.</summary>
[TestClass]
public class HttpReaderBodyTests
{
    private const string Next = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 130\r\n\r\n", 130, true)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 131\r\n\r\n", 130, false)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 1, true)]
    public void Draining_stops_where_closing_is_cheaper(string head, int limit, bool isDrained)
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource(head + new string('x', 200), 10));
        ReadHead(reader);

        Assert.AreEqual(isDrained, reader.Drain(limit));
        Assert.AreEqual(isDrained, reader.IsAtEnd);
    }

    [TestMethod]
    public void A_body_until_the_connection_ends_is_drained_and_yet_the_last()
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 200), 10));
        ReadHead(reader);

        Assert.IsTrue(reader.Drain(1000));
        Assert.IsFalse(reader.IsAtEnd);
    }

    [TestMethod]
    public void What_a_body_gives_is_drained_from_where_it_stands()
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n" + Next, 10));
        ReadHead(reader);
        byte[] piece = new byte[2];
        Assert.AreEqual(2, reader.Read(piece, 0, 2));

        Assert.IsTrue(reader.Drain(7));
        Assert.IsTrue(reader.IsAtEnd);
        ReadHead(reader);
        Assert.AreEqual("ok", HttpTrace.ReadBody(reader));
    }

    [TestMethod]
    public void Bytes_that_nobody_asked_for_are_seen()
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        ReadHead(reader);
        Assert.IsTrue(reader.HasUnread);
        HttpTrace.ReadBody(reader);
        Assert.IsFalse(reader.HasUnread);

        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok!"));
        Assert.IsFalse(reader.HasUnread);
        ReadHead(reader);
        HttpTrace.ReadBody(reader);
        Assert.IsTrue(reader.HasUnread);
    }

    [TestMethod]
    public void A_new_connection_begins_with_nothing_kept()
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhello"));
        ReadHead(reader);
        Assert.AreEqual(20L, reader.ContentLength);
        Assert.AreEqual(44L, reader.BytesRead);

        reader.Open(new PiecewiseSource(Next));
        Assert.AreEqual(0L, reader.BytesRead);
        ReadHead(reader);
        Assert.AreEqual(2L, reader.ContentLength);
        Assert.AreEqual("ok", HttpTrace.ReadBody(reader));
    }

    private static void ReadHead(HttpReader reader)
    {
        reader.BeginMessage(200, long.MaxValue);
        reader.ReadStartLine();
        while (reader.ReadHeader())
        {
        }

        reader.BeginBody(true);
    }

    private static HttpReader NewReader()
    {
        return new HttpReader(64, new ManualClock());
    }
}
