using System.Buffers.Text;
using System.Text;
using PicoKubelet.Enroll;
using PicoKubelet.Enroll.Kubernetes;

namespace PicoKubelet.IntegrationTests.Enroll;

[TestClass]
public class BoardTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 23, 10, 30, 0, TimeSpan.Zero);

    [TestMethod]
    public void TheEndIsTheClaims()
    {
        Assert.AreEqual(Now, BoardToken.ReadExpiry(Jwt($$"""{"exp":{{Now.ToUnixTimeSeconds()}},"sub":"x"}""")));
    }

    [TestMethod]
    [DataRow("""{"sub":"a Secret's token has no end"}""")]
    [DataRow("""{"exp":"soon"}""")]
    [DataRow("""{"exp":99999999999999999}""")]
    [DataRow("[]")]
    [DataRow("{")]
    public void WithoutAClaimThereIsNone(string claims)
    {
        Assert.IsNull(BoardToken.ReadExpiry(Jwt(claims)));
    }

    [TestMethod]
    [DataRow("opaque")]
    [DataRow("a.b.c")]
    [DataRow("a.!.c")]
    public void WhatIsNoJwtSaysNothing(string token)
    {
        Assert.IsNull(BoardToken.ReadExpiry(token));
    }

    [TestMethod]
    [DataRow("8760h", 8760, false)]
    [DataRow("8760h", 24, true)]
    [DataRow("1h30m", 1, true)]
    [DataRow("60m", 1, false)]
    [DataRow("3600s", 1, false)]
    [DataRow("a while", 1, false)]
    public void AShortenedLifeIsSeen(string asked, int hours, bool isShortened)
    {
        BoardToken token = new("secret", Now.AddHours(hours).AddSeconds(-2));

        Assert.AreEqual(isShortened, token.IsShorterThan(asked, Now));
    }

    [TestMethod]
    public void ItsTextIsNotTheToken()
    {
        Assert.DoesNotContain("secret", new BoardToken("secret", Now).ToString());
    }

    [TestMethod]
    [DataRow(24, 0, "24h")]
    [DataRow(1, 30, "1h30m")]
    [DataRow(0, 5, "5m")]
    public void DurationsAreWrittenAsKubectlTakesThem(int hours, int minutes, string expected)
    {
        Assert.AreEqual(expected, GoDuration.Write(new TimeSpan(hours, minutes, 0)));
    }

    private static string Jwt(string claims)
    {
        return $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
    }
}
