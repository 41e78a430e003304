using nanoFramework.TestFramework;
using PicoKubelet.Http;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Http;

/// <summary>Messages, each in every way in which it can arrive.</summary>
[TestClass]
public class HttpReaderTests
{
    private const int BufferSize = 64;

    // Two messages on one connection show where the first one ends.
    private const string Next = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string NextTrace = "HTTP/1.1 200 OK|Content-Length=2|'ok' end";

    private const string Digits130 = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK|Content-Length=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length:5\r\n\r\nhello", "HTTP/1.1 200 OK|Content-Length=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\ncontent-LENGTH: \t 5 \t\r\n\r\nhello", "HTTP/1.1 200 OK|content-LENGTH=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK|Content-Length=0|'' ")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK|Content-Length=5|Content-Length=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\nA\r\n, world.\r\n\r\n001\r\n!\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=Chunked|'hello, world.\r\n!' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\"\r\nhello\r\n0;last\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\nDigest: x\r\nSize: 5\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'' ")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|Content-Length=3|'hello' ")]
    [DataRow("HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 204 No Content|'' ")]
    [DataRow("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "HTTP/1.1 304 Not Modified|Content-Length=5|'' ")]
    [DataRow("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "HTTP/1.1 200 OK|Content-Length=5|'hello' ")]
    [DataRow("\r\n\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK|Content-Length=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nEmpty:\r\nBlank: \r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK|Empty=|Blank=|Content-Length=0|'' ")]
    [DataRow("HTTP/1.1 200 OK\r\nX-Long: 0123456789012345678901234567890123456789012345678901234567890123456789\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK|~|Content-Length=5|'hello' ")]
    [DataRow("HTTP/1.1 200 OK\r\nA-name-that-is-longer-than-what-is-kept-of-a-line-which-is-cut: 0123456789\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK|~|Content-Length=0|'' ")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 130\r\n\r\n" + Digits130, "HTTP/1.1 200 OK|Content-Length=130|'" + Digits130 + "' ")]
    public void A_reply_is_read_and_the_next_one_begins_behind_it(string message, string expected)
    {
        Check(message + Next, expected + NextTrace, true);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\n\r\nhello", "HTTP/1.1 200 OK|'hello' close")]
    [DataRow("HTTP/1.0 200 OK\r\nServer: x\r\n\r\n", "HTTP/1.0 200 OK|Server=x|'' close")]
    [DataRow("", "end")]
    [DataRow("\r\n\r\n", "end")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "HTTP/1.1 200 OK|Content-Length=5!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\nhello", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello", "HTTP/1.1 200 OK!unsupported coding")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nhello", "HTTP/1.1 200 OK!unsupported coding")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked!unsupported coding")]
    [DataRow("HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n", "HTTP/1.1 200 OK|A=b!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nA: b\r\n\tfolded: c\r\n\r\n", "HTTP/1.1 200 OK|A=b!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nA\u00E9: b\r\n\r\n", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nno-colon\r\n\r\n", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\n: b\r\n\r\n", "HTTP/1.1 200 OK!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!malformed")]
    public void A_reply_without_a_length_or_a_sense_ends_the_connection(string message, string expected)
    {
        Check(message, expected, true);
    }

    [TestMethod]
    [DataRow("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /livez HTTP/1.1\r\n\r\n", "GET /healthz HTTP/1.1|Host=a|'' GET /livez HTTP/1.1|'' end")]
    [DataRow("POST /c HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}GET /livez HTTP/1.1\r\n\r\n", "POST /c HTTP/1.1|Content-Length=2|'{}' GET /livez HTTP/1.1|'' end")]
    [DataRow("POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n", "POST /c HTTP/1.1|Transfer-Encoding=chunked|'{}' GET /livez HTTP/1.1|'' end")]
    [DataRow("GET /0123456789012345678901234567890123456789012345678901234567890123456789 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /012345678901234567890123456|Host=a|'' end")]
    public void A_request_without_a_length_has_no_body(string message, string expected)
    {
        Check(message, expected, false);
    }

    [TestMethod]
    [DataRow("Content-Length")]
    [DataRow("Transfer-Encoding")]
    public void A_header_that_frames_the_message_is_never_ignored(string name)
    {
        string blanks = "                                                                                ";

        Check("POST / HTTP/1.1\r\n" + name + ":" + blanks + "5\r\n\r\nhello", "POST / HTTP/1.1!malformed", false);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [DataRow("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n")]
    public void A_reply_that_is_cut_off_anywhere_is_truncated(string message)
    {
        for (int length = 1; length < message.Length; length++)
        {
            string trace = HttpTrace.OfReplies(NewReader(), new PiecewiseSource(message.Substring(0, length), 3));

            Assert.EndsWith("!truncated", trace, length.ToString());
        }
    }

    [TestMethod]
    public void The_head_has_a_bound()
    {
        string head = "HTTP/1.1 200 OK\r\n";
        string large = "X: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\r\n";
        string within = head + large + large + large;
        within += "Y: " + Repeat('y', HttpTrace.HeadLimit - within.Length - 7) + "\r\n\r\n";
        Assert.AreEqual(HttpTrace.HeadLimit, within.Length);

        Check(within, "HTTP/1.1 200 OK|~|~|~|~|'' close", true);
        Check("\n" + within, "HTTP/1.1 200 OK|~|~|~|~!head too large", true);
    }

    [TestMethod]
    public void A_line_without_an_end_is_not_read_for_ever()
    {
        string trace = HttpTrace.OfReplies(NewReader(), new PiecewiseSource(Repeat('x', 10000), 100));

        Assert.AreEqual("!head too large", trace);
    }

    [TestMethod]
    public void Empty_lines_in_front_count_as_well()
    {
        string trace = HttpTrace.OfReplies(NewReader(), new PiecewiseSource(Repeat('\n', 10000), 100));

        Assert.AreEqual("!head too large", trace);
    }

    [TestMethod]
    public void Trailers_have_a_bound()
    {
        string trailers = "";
        for (int i = 0; i < 60; i++)
        {
            trailers += "Trailer: 0123456789\r\n";
        }

        string message = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + trailers + "\r\n";

        Assert.AreEqual("HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!head too large", HttpTrace.OfReplies(NewReader(), new PiecewiseSource(message, 100)));
    }

    [TestMethod]
    public void A_chunks_extension_has_a_bound()
    {
        string message = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;";
        string rest = "\r\nhello\r\n0\r\n\r\n";

        Assert.AreEqual("HTTP/1.1 200 OK|Transfer-Encoding=chunked|'hello' end", HttpTrace.OfReplies(NewReader(), new PiecewiseSource(message + Repeat('x', 1000) + rest, 100)));
        Assert.AreEqual("HTTP/1.1 200 OK|Transfer-Encoding=chunked|'!head too large", HttpTrace.OfReplies(NewReader(), new PiecewiseSource(message + Repeat('x', 1100) + rest, 100)));
    }

    [TestMethod]
    public void A_message_must_be_whole_by_its_deadline()
    {
        string message = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        for (int length = 1; length <= message.Length; length++)
        {
            ManualClock clock = new ManualClock();
            HttpReader reader = new HttpReader(BufferSize, clock);
            reader.Open(new SlowSource(message, clock, 10));
            reader.BeginMessage(100, clock.Milliseconds + (10 * length));

            Assert.AreEqual(length == message.Length ? "hello" : "timeout", ReadSlowly(reader), length.ToString());
        }
    }

    [TestMethod]
    public void The_deadline_can_be_moved()
    {
        ManualClock clock = new ManualClock();
        HttpReader reader = new HttpReader(BufferSize, clock);
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 1));
        reader.BeginMessage(100, clock.Milliseconds);
        Assert.AreEqual("timeout", ReadSlowly(reader));

        reader.SetDeadline(clock.Milliseconds + 1);
        Assert.AreEqual("hello", ReadSlowly(reader));
    }

    [TestMethod]
    [DataRow("Connection: close\r\n", true, false)]
    [DataRow("connection: Keep-Alive\r\n", false, true)]
    [DataRow("Connection: upgrade , CLOSE\r\n", true, false)]
    [DataRow("Connection: keep-alive\r\nConnection: close\r\n", true, true)]
    [DataRow("Connection: closed\r\n", false, false)]
    [DataRow("Connection:\r\n", false, false)]
    [DataRow("X-Connection: close\r\n", false, false)]
    public void The_connection_header_is_noted(string header, bool isClose, bool isKeepAlive)
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\n" + header + "\r\n"));
        reader.BeginMessage(200, long.MaxValue);
        reader.ReadStartLine();
        while (reader.ReadHeader())
        {
        }

        Assert.AreEqual(isClose, reader.HasConnectionClose);
        Assert.AreEqual(isKeepAlive, reader.HasConnectionKeepAlive);

        reader.BeginMessage(200, long.MaxValue);
        Assert.IsFalse(reader.HasConnectionClose);
        Assert.IsFalse(reader.HasConnectionKeepAlive);
    }

    [TestMethod]
    public void Header_values_are_read_as_numbers_and_compared_without_case()
    {
        HttpReader reader = NewReader();
        reader.Open(new PiecewiseSource("HTTP/1.1 200 OK\r\nRetry-After: 17\r\nContent-Type: Application/JSON;v=1\r\n\r\n"));
        reader.BeginMessage(200, long.MaxValue);
        reader.ReadStartLine();
        Assert.IsTrue(reader.LineStartsWith("http/1."));
        Assert.IsFalse(reader.LineStartsWith("http/2"));

        reader.ReadHeader();
        Assert.IsTrue(reader.NameIs("retry-after"));
        Assert.IsFalse(reader.NameIs("retry-afte"));
        Assert.IsFalse(reader.NameIs("retry-after:"));
        long seconds;
        Assert.IsTrue(reader.TryGetValue(out seconds));
        Assert.AreEqual(17L, seconds);

        reader.ReadHeader();
        Assert.IsTrue(reader.ValueStartsWith("application/json"));
        Assert.IsFalse(reader.ValueStartsWith("application/json; v"));
        Assert.IsFalse(reader.TryGetValue(out seconds));
    }

    /// <summary>Reads the messages in pieces of each size, and in two pieces split anywhere.</summary>
    private static void Check(string messages, string expected, bool areReplies)
    {
        HttpReader reader = NewReader();
        for (int size = 1; size <= messages.Length + 1; size++)
        {
            PiecewiseSource source = new PiecewiseSource(messages, size);
            Assert.AreEqual(expected, areReplies ? HttpTrace.OfReplies(reader, source) : HttpTrace.OfRequests(reader, source), "pieces of " + size.ToString());
        }

        for (int split = 1; split < messages.Length; split++)
        {
            TwoPieces source = new TwoPieces(messages, split);
            Assert.AreEqual(expected, areReplies ? HttpTrace.OfReplies(reader, source) : HttpTrace.OfRequests(reader, source), "split at " + split.ToString());
        }
    }

    private static string ReadSlowly(HttpReader reader)
    {
        try
        {
            reader.ReadStartLine();
            while (reader.ReadHeader())
            {
            }

            reader.BeginBody(true);
            return HttpTrace.ReadBody(reader);
        }
        catch (HttpException e)
        {
            return HttpTrace.NameOf(e.Error);
        }
    }

    private static HttpReader NewReader()
    {
        return new HttpReader(BufferSize, new ManualClock());
    }

    private static string Repeat(char c, int count)
    {
        return new string(c, count);
    }
}
