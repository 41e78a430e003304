using nanoFramework.TestFramework;
using PicoKubelet.Images;
using PicoKubelet.Logging;
using PicoKubelet.Network;
using PicoKubelet.Programs;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Api;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Images;

[TestClass]
public class ImagePullTests
{
    [TestMethod]
    [DataRow("application/wasm")]
    [DataRow("application/vnd.wasm.content.layer.v1+wasm")]
    public void Artifact_is_pulled_by_tag(string layerType)
    {
        string manifest = RegistryHarness.Manifest(layerType: layerType);
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(manifest), RegistryHarness.BlobReply());

        Assert.IsNull(registry.Run());
        Assert.AreEqual(RegistryHarness.Blob, RegistryHarness.TextOf(registry.Pull.Program));
        Assert.AreEqual(RegistryHarness.DigestOf(manifest), "sha256:" + Hex.ToText(registry.Pull.Program.Image));
        Assert.AreEqual("tls r.example:5000", registry.Connector.Target);
        Assert.Contains("GET /v2/blink/manifests/v1 HTTP/1.1\r\nHost: r.example:5000\r\n", registry.Sent(0));
        Assert.Contains("application/vnd.oci.image.index.v1+json", registry.Sent(0));
        Assert.Contains("GET /v2/blink/blobs/" + RegistryHarness.DigestOf(RegistryHarness.Blob) + " HTTP/1.1\r\n", registry.Sent(1));
        Assert.AreEqual(0, registry.Connector.OpenConnections);
    }

    [TestMethod]
    public void Registry_that_the_settings_name_is_asked_without_tls()
    {
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(RegistryHarness.Manifest()), RegistryHarness.BlobReply()) { Insecure = new string[] { "r.example:5000" } };

        Assert.IsNull(registry.Run());
        Assert.AreEqual("tcp r.example:5000", registry.Connector.Target);
    }

    [TestMethod]
    public void Digest_in_the_reference_is_checked()
    {
        string manifest = RegistryHarness.Manifest();
        string digest = RegistryHarness.DigestOf(manifest);
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(manifest), RegistryHarness.BlobReply());
        Assert.IsNull(registry.Run("r.example/blink:v1@" + digest));
        Assert.Contains("GET /v2/blink/manifests/" + digest, registry.Sent(0));
        Assert.AreEqual("tls r.example:443", registry.Connector.Target);

        RegistryHarness other = new RegistryHarness(RegistryHarness.ManifestReply(manifest + " "));
        Assert.AreEqual("the manifest's digest is " + RegistryHarness.DigestOf(manifest + " ") + ", not " + digest, other.Run("r.example/blink@" + digest));
    }

    [TestMethod]
    public void Index_leads_to_the_manifest_for_wasm()
    {
        string manifest = RegistryHarness.Manifest();
        string index = "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + RegistryHarness.DigestOf("amd64") + "\",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}},"
            + "{\"digest\":\"" + RegistryHarness.DigestOf(manifest) + "\",\"platform\":{\"architecture\":\"wasm\",\"os\":\"wasip1\"}},"
            + "{\"digest\":\"" + RegistryHarness.DigestOf("component") + "\",\"platform\":{\"architecture\":\"wasm\",\"os\":\"wasip2\"}}]}";
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(index), RegistryHarness.ManifestReply(manifest), RegistryHarness.BlobReply());

        Assert.IsNull(registry.Run());
        Assert.Contains("GET /v2/blink/manifests/" + RegistryHarness.DigestOf(manifest), registry.Sent(1));

        // What was asked for is the index.
        Assert.AreEqual(RegistryHarness.DigestOf(index), "sha256:" + Hex.ToText(registry.Pull.Program.Image));

        RegistryHarness none = new RegistryHarness(RegistryHarness.ManifestReply(RegistryText.Swap(RegistryText.Swap(index, "\"wasm\"", "\"arm\""), "\"wasm\"", "\"arm64\"")));
        Assert.AreEqual("no manifest of the index is for platform wasm", none.Run());

        RegistryHarness nested = new RegistryHarness(RegistryHarness.ManifestReply("{\"manifests\":[{\"digest\":\"" + RegistryHarness.DigestOf(index) + "\"}]}"), RegistryHarness.ManifestReply(index));
        Assert.AreEqual("an index within an index", nested.Run());
    }

    [TestMethod]
    public void Anonymous_token_is_fetched_where_the_registry_asks_for_one()
    {
        RegistryHarness registry = new RegistryHarness(
            RegistryText.Challenge("Bearer realm=\"https://auth.example/token\",service=\"r.example\", scope=\"repository:blink:pull\""),
            Replies.Ok("{\"token\":\"anonymous\",\"expires_in\":300}"),
            RegistryHarness.ManifestReply(RegistryHarness.Manifest()),
            RegistryText.Redirect("https://blobs.example/x?signature=a%2Fb"),
            RegistryHarness.BlobReply());

        Assert.IsNull(registry.Run());
        Assert.DoesNotContains("Authorization", registry.Sent(0));
        Assert.Contains("GET /token?service=r.example&scope=repository%3Ablink%3Apull HTTP/1.1\r\nHost: auth.example:443\r\n", registry.Sent(1));
        Assert.DoesNotContains("Authorization", registry.Sent(1));
        Assert.Contains("\r\nAuthorization: Bearer anonymous\r\n", registry.Sent(2));
        Assert.Contains("\r\nAuthorization: Bearer anonymous\r\n", registry.Sent(3));

        // The blob's store is somebody else's.
        Assert.Contains("GET /x?signature=a%2Fb HTTP/1.1\r\nHost: blobs.example:443\r\n", registry.Sent(4));
        Assert.DoesNotContains("Authorization", registry.Sent(4));
    }

    [TestMethod]
    public void Redirect_within_the_registry_keeps_the_token()
    {
        RegistryHarness registry = new RegistryHarness(
            RegistryText.Challenge("Bearer realm=\"https://auth.example/token\""),
            Replies.Ok("{\"access_token\":\"anonymous\"}"),
            RegistryText.Redirect("/v2/team/blink/manifests/v1"),
            RegistryHarness.ManifestReply(RegistryHarness.Manifest()),
            RegistryHarness.BlobReply());

        Assert.IsNull(registry.Run());
        Assert.Contains("GET /token HTTP/1.1", registry.Sent(1));
        Assert.Contains("GET /v2/team/blink/manifests/v1 HTTP/1.1", registry.Sent(3));
        Assert.Contains("\r\nAuthorization: Bearer anonymous\r\n", registry.Sent(3));
    }

    [TestMethod]
    public void Login_that_is_wanted_is_said_in_the_registrys_words()
    {
        const string Denied = "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\",\"detail\":null}]}";
        RegistryHarness basic = new RegistryHarness(Replies.Of("401 Unauthorized", "Content-Type: application/json; charset=utf-8\r\nWWW-Authenticate: Basic realm=\"r\"\r\n", Denied));
        Assert.AreEqual("401 from https://r.example:5000: UNAUTHORIZED: authentication required", basic.Run());

        RegistryHarness refused = new RegistryHarness(
            RegistryText.Challenge("Bearer realm=\"https://auth.example/token\""),
            Replies.Of("401 Unauthorized", "Content-Type: application/json\r\n", "{\"details\":\"incorrect username or password\"}"));
        Assert.AreEqual("401 from https://auth.example:443: incorrect username or password", refused.Run());

        RegistryHarness useless = new RegistryHarness(
            RegistryText.Challenge("Bearer realm=\"https://auth.example/token\""), Replies.Ok("{\"token\":\"anonymous\"}"), RegistryText.Challenge("Bearer realm=\"https://auth.example/token\""));
        Assert.AreEqual("401 from https://r.example:5000: the registry wants a login, and boards have none", useless.Run());

        RegistryHarness empty = new RegistryHarness(RegistryText.Challenge("Bearer realm=\"https://auth.example/token\""), Replies.Ok("{\"token\":\"two words\"}"));
        Assert.AreEqual("https://auth.example:443 gives no token that a board can take", empty.Run());
    }

    [TestMethod]
    public void What_is_not_there_is_said_in_the_registrys_words()
    {
        RegistryHarness registry = new RegistryHarness(
            Replies.Of("404 Not Found", "Content-Type: application/json\r\n", "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\",\"detail\":{\"Tag\":\"v1\"}}]}"));
        Assert.AreEqual("404 from https://r.example:5000: MANIFEST_UNKNOWN: manifest unknown", registry.Run());

        RegistryHarness plain = new RegistryHarness(Replies.Of("404 Not Found", "Content-Type: text/html\r\n", "<html>"));
        Assert.AreEqual("404 from https://r.example:5000: not found", plain.Run());
    }

    [TestMethod]
    public void Wrong_blob_is_not_taken()
    {
        string manifest = RegistryHarness.ManifestReply(RegistryHarness.Manifest());
        string other = "the BYTES of a program";
        RegistryHarness changed = new RegistryHarness(manifest, RegistryHarness.BlobReply(other));
        Assert.AreEqual("the blob's digest is " + RegistryHarness.DigestOf(other) + ", not " + RegistryHarness.DigestOf(RegistryHarness.Blob), changed.Run());
        Assert.IsNull(changed.Pull.Program);

        RegistryHarness shorter = new RegistryHarness(manifest, RegistryHarness.BlobReply("the bytes"));
        Assert.AreEqual("the blob has fewer bytes than the 22 that the manifest says", shorter.Run());

        RegistryHarness longer = new RegistryHarness(manifest, RegistryHarness.BlobReply(RegistryHarness.Blob + "!"));
        Assert.AreEqual("the blob has 23 bytes, the manifest says 22", longer.Run());

        // Without a length it is cut off at the first byte too many.
        RegistryHarness endless = new RegistryHarness(manifest, "HTTP/1.1 200 OK\r\n\r\n" + RegistryHarness.Blob + "!");
        Assert.AreEqual("the blob has more bytes than the 22 that the manifest says", endless.Run());

        RegistryHarness cut = new RegistryHarness(manifest, "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\nthe bytes");
        Assert.AreEqual("https://r.example:5000: body cut off", cut.Run());
    }

    [TestMethod]
    public void Large_blob_is_not_asked_for()
    {
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(RegistryHarness.Manifest(size: 104857600)));

        Assert.AreEqual("the program has 104857600 bytes, and may have 1000", registry.Run());
        Assert.AreEqual(1, registry.Connector.Attempts);
    }

    [TestMethod]
    public void Redirects_end()
    {
        RegistryHarness registry = new RegistryHarness(
            RegistryText.Redirect("/a"), RegistryText.Redirect("/b"), RegistryText.Redirect("/c"), RegistryText.Redirect("/d"), RegistryText.Redirect("/e"));
        Assert.AreEqual("https://r.example:5000 redirects more than 4 times", registry.Run());

        RegistryHarness strange = new RegistryHarness(RegistryText.Redirect("ftp://r.example/a"));
        Assert.AreEqual("https://r.example:5000 redirects to no URL that a board can ask at", strange.Run());

        RegistryHarness plain = new RegistryHarness(RegistryText.Redirect("http://r.example/a"));
        Assert.AreEqual("http://r.example:80 is plain HTTP, and not among pods.insecureRegistries", plain.Run());
    }

    [TestMethod]
    public void Requests_of_a_pull_are_bounded()
    {
        string manifest = RegistryHarness.Manifest();
        string index = "{\"manifests\":[{\"digest\":\"" + RegistryHarness.DigestOf(manifest) + "\",\"platform\":{\"architecture\":\"wasm\"}}]}";
        string again = RegistryText.Redirect("/a");
        RegistryHarness registry = new RegistryHarness(
            again, again, again, again, RegistryHarness.ManifestReply(index), again, again, again, again, RegistryHarness.ManifestReply(manifest), again, again, RegistryHarness.BlobReply());
        Assert.AreEqual("the registry asks for too many requests", registry.Run());
    }

    [TestMethod]
    [DataRow("text/html; charset=utf-8", "<html>welcome</html>")]
    [DataRow("application/json", "<html>welcome</html>")]
    public void What_is_no_registry_is_told(string type, string body)
    {
        RegistryHarness registry = new RegistryHarness(Replies.Of("200 OK", "Content-Type: " + type + "\r\n", body));
        Assert.AreEqual("https://r.example:5000: no JSON; is this a registry?", registry.Run());
    }

    [TestMethod]
    public void Image_of_a_container_is_no_program()
    {
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(RegistryHarness.Manifest(layerType: "application/vnd.oci.image.layer.v1.tar+gzip")));
        Assert.AreEqual("no layer is application/wasm but application/vnd.oci.image.layer.v1.tar+gzip; boards run WebAssembly artifacts alone", registry.Run());

        RegistryHarness empty = new RegistryHarness(RegistryHarness.ManifestReply("{}"));
        Assert.AreEqual("no image manifest", empty.Run());
    }

    [TestMethod]
    public void Manifest_is_bounded()
    {
        string manifest = RegistryText.Swap(RegistryHarness.Manifest(), "\"blink.wasm\"", "\"" + new string('x', 70000) + "\"");
        RegistryHarness registry = new RegistryHarness(RegistryHarness.ManifestReply(manifest));
        Assert.AreEqual("https://r.example:5000: too large", registry.Run());
    }

    [TestMethod]
    public void Registry_that_is_gone_or_silent_is_told()
    {
        RegistryHarness silent = new RegistryHarness("HTTP/1.1 200 OK\r\n");
        silent.Connection(0).End = ConnectionEnd.Silence;
        Assert.AreEqual("https://r.example:5000: no answer in time", silent.Run());
        Assert.AreEqual(0, silent.Connector.OpenConnections);

        FakeConnector gone = new FakeConnector(new ConnectException(ConnectPhase.Connect, "refused"));
        ImagePull pull = new ImagePull(
            ImageReference.Parse(RegistryHarness.Image), new RegistryAccess(gone, new ManualClock(), null), null, 1000);
        Assert.IsTrue(pull.Step());
        Assert.AreEqual("https://r.example:5000: connect: refused", pull.Problem);
    }

    [TestMethod]
    public void Program_that_the_board_keeps_is_not_transferred_again()
    {
        ProgramStore store = new ProgramStore(new AtomicStorage(new FakeFiles()), 64 * 1024, new FakeUsers(), new Logger(new RecordingLog(), new TimeKeeper(new ManualClock())));
        string manifest = RegistryHarness.ManifestReply(RegistryHarness.Manifest());
        RegistryHarness first = new RegistryHarness(manifest, RegistryHarness.BlobReply()) { Store = store };
        Assert.IsNull(first.Run());
        Assert.IsTrue(store.Keep("image/x", "", first.Pull.Program));

        RegistryHarness second = new RegistryHarness(manifest) { Store = store };
        Assert.IsNull(second.Run());
        Assert.AreEqual(RegistryHarness.Blob, RegistryHarness.TextOf(second.Pull.Program));
        Assert.AreEqual(1, second.Connector.Attempts);
    }
}
