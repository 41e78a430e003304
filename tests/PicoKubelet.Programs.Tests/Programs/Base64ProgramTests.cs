using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Programs;

namespace PicoKubelet.Tests.Programs;

[TestClass]
public class Base64ProgramTests
{
    [TestMethod]
    public void Base64_IsDecodedInPieces()
    {
        AreDecoded("", "");
        AreDecoded("Zg==", "f");
        AreDecoded("Zm8=", "fo");
        AreDecoded("Zm9v", "foo");
        AreDecoded("Zm9vYmFy", "foobar");
        Assert.IsNull(Decode("Zg"));
        Assert.IsNull(Decode("Z"));
        Assert.IsNull(Decode("Zg==Zg=="));
        Assert.IsNull(Decode("Zm 9"));
    }

    private static void AreDecoded(string base64, string expected)
    {
        Assert.AreEqual(expected, Decode(base64), base64);
    }

    private static string Decode(string base64)
    {
        ProgramBytes program = new ProgramBytes(100);
        Base64Program decoder = new Base64Program(program);
        byte[] bytes = Encoding.UTF8.GetBytes(base64);
        for (int i = 0; i < bytes.Length; i++)
        {
            decoder.Write(bytes, i, 1);
        }

        if (!decoder.End())
        {
            return null;
        }

        byte[] decoded = new byte[100];
        int length = program.Open().Read(decoded, 0, 100);
        return length == 0 ? "" : Encoding.UTF8.GetString(decoded, 0, length);
    }
}
