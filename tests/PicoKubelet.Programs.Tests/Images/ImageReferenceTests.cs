using nanoFramework.TestFramework;
using PicoKubelet.Images;

namespace PicoKubelet.Tests.Images;

[TestClass]
public class ImageReferenceTests
{
    private const string Digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [TestMethod]
    [DataRow("registry:5000/blink:v1", "registry:5000", "blink", "v1", "")]
    [DataRow("registry.example/team/blink", "registry.example", "team/blink", "latest", "")]
    [DataRow("localhost/blink", "localhost", "blink", "latest", "")]
    [DataRow("Registry/blink", "Registry", "blink", "latest", "")]
    [DataRow("blink", "docker.io", "library/blink", "latest", "")]
    [DataRow("team/blink:1.0_a-B", "docker.io", "team/blink", "1.0_a-B", "")]
    [DataRow("192.0.2.7:5000/a/b__c/d--e.f:v1@" + Digest, "192.0.2.7:5000", "a/b__c/d--e.f", "v1", Digest)]
    [DataRow("r.example/blink@" + Digest, "r.example", "blink", "", Digest)]
    public void Reference_is_read(string text, string registry, string repository, string tag, string digest)
    {
        ImageReference image = ImageReference.Parse(text);

        Assert.AreEqual(registry, image.Registry);
        Assert.AreEqual(repository, image.Repository);
        Assert.AreEqual(tag, image.Tag ?? "");
        Assert.AreEqual(digest, image.Digest ?? "");
        Assert.AreEqual(registry == "docker.io" ? "registry-1.docker.io" : registry, image.Authority);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Blink")]
    [DataRow("r.example/")]
    [DataRow("r.example//blink")]
    [DataRow("r.example/blink/")]
    [DataRow("r.example/Blink")]
    [DataRow("r.example/a..b")]
    [DataRow("r.example/a___b")]
    [DataRow("r.example/a._b")]
    [DataRow("r.example/-a")]
    [DataRow("r.example/a-")]
    [DataRow("r.example/a b")]
    [DataRow("r.example:port/blink")]
    [DataRow("r.example:70000/blink")]
    [DataRow("-r.example/blink")]
    [DataRow("r.example/blink:")]
    [DataRow("r.example/blink:-v1")]
    [DataRow("r.example/blink:v/1")]
    [DataRow("r.example/blink@sha256:ba78")]
    [DataRow("r.example/blink@sha512:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("r.example/blink@sha256:BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow("https://r.example/blink")]
    public void What_is_no_reference_is_refused(string text)
    {
        Assert.IsNull(ImageReference.Parse(text));
    }

    [TestMethod]
    public void Lengths_are_bounded()
    {
        Assert.IsNotNull(ImageReference.Parse("r.example/" + new string('a', 245)));
        Assert.IsNull(ImageReference.Parse("r.example/" + new string('a', 246)));
        Assert.IsNotNull(ImageReference.Parse("r.example/a:" + new string('1', 128)));
        Assert.IsNull(ImageReference.Parse("r.example/a:" + new string('1', 129)));
    }
}
