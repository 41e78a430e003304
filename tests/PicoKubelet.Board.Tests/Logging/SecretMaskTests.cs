using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Logging;

[TestClass]
public class SecretMaskTests
{
    private const string Token = "eyJhbGciOi.QzPa-7x_Tk93LmVw.s1gn4tur3";
    private const string Password = "corr\"ect h0rse";
    private const string Short = "k~4z9";

    [TestMethod]
    [DataRow("Bearer " + Token + " is wrong", "Bearer *** is wrong")]
    [DataRow(Token, "***")]
    [DataRow(Token + Token, "******")]
    [DataRow("a QzPa-7x_ b", "a *** b")]
    [DataRow("a QzPa-7x b", "a QzPa-7x b")]
    [DataRow("x_Tk93Lm and n4tur3QzPa-7x_Tk", "*** and n4tur3***")]
    [DataRow("in " + Password + "!", "in ***!")]
    [DataRow(Short, "***")]
    [DataRow("ak~4z9b", "a***b")]
    [DataRow("k~4z", "k~4z")]
    [DataRow("", "")]
    [DataRow("the node is not ready \u2026 \u00e9", "the node is not ready \u2026 \u00e9")]
    [DataRow("-----BEGIN EC PRIVATE KEY-----\nMHcC", "(a private key)")]
    public void Pieces_of_secrets_become_asterisks(string text, string expected)
    {
        Assert.AreEqual(expected, Make().Mask(text));
    }

    [TestMethod]
    public void Every_piece_of_eight_is_found_at_every_place()
    {
        SecretMask mask = Make();
        for (int start = 0; start + SecretMask.PieceLength <= Token.Length; start++)
        {
            for (int length = SecretMask.PieceLength; start + length <= Token.Length; length++)
            {
                Assert.AreEqual("<***>", mask.Mask("<" + Token.Substring(start, length) + ">"));
            }
        }
    }

    [TestMethod]
    public void A_text_without_secrets_is_the_same_string()
    {
        string text = "certificate signed by unknown authority";
        Assert.IsTrue(ReferenceEquals(text, Make().Mask(text)));
        Assert.IsNull(Make().Mask(null));
        Assert.IsTrue(ReferenceEquals(Token, new SecretMask().Mask(Token)));
    }

    [TestMethod]
    public void What_is_too_short_to_be_a_secret_is_none()
    {
        SecretMask mask = new SecretMask();
        Add(mask, "abc");
        Assert.AreEqual("abc abc", mask.Mask("abc abc"));
    }

    [TestMethod]
    public void A_log_line_holds_none_in_message_nor_values()
    {
        RecordingLog sink = new RecordingLog();
        Logger log = new Logger(sink, new TimeKeeper(new ManualClock()));
        Add(log.Secrets, Token);
        Add(log.Secrets, Password);
        log.Warn("message " + Token, "error", "value " + Token, "second", "second " + Password);

        Assert.AreEqual("level=warning msg=\"message ***\" error=\"value ***\" second=\"second ***\"", sink.LastLine);
    }

    private static SecretMask Make()
    {
        SecretMask mask = new SecretMask();
        Add(mask, Token);
        Add(mask, Password);
        Add(mask, Short);
        return mask;
    }

    private static void Add(SecretMask mask, string secret)
    {
        // Between other bytes, as a token lies in the client's headers.
        byte[] bytes = Encoding.UTF8.GetBytes("ab" + secret + "cd");
        mask.Add(bytes, 2, secret.Length);
    }
}
