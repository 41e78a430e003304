using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Storage;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Storage;

[TestClass]
public class Sha256Tests
{
    // NIST's examples (FIPS 180-2, appendix B, and CAVP's SHA256ShortMsg.rsp).
    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [DataRow("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    public void Digest_of_a_text_is_the_standards(string text, string digest)
    {
        Assert.AreEqual(digest, Hex.ToText(Sha256.Of(text)));
    }

    // Of the bytes 3, 10, 17 and so on, as OpenSSL makes it: lengths around those where the padding needs a block of its own.
    [TestMethod]
    [DataRow(55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b")]
    [DataRow(56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27")]
    [DataRow(63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055")]
    [DataRow(64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241")]
    [DataRow(65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e")]
    [DataRow(119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e")]
    [DataRow(120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5")]
    [DataRow(5000, "34398b85297bf7d9dfb59b8d511d8bbb44ab23e891570e4395e7871475fc8afb")]
    public void Digest_does_not_depend_on_the_pieces(int length, string digest)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)((i * 7) + 3);
        }

        int[] sizes = new int[] { 1, 7, 63, 64, 65, 5000 };
        foreach (int size in sizes)
        {
            Sha256 sha = new Sha256();
            for (int done = 0; done < length; done += size)
            {
                sha.Write(bytes, done, size < length - done ? size : length - done);
            }

            Assert.AreEqual(digest, Hex.ToText(sha.End()));
        }
    }
}
