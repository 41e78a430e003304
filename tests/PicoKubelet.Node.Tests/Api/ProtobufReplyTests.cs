using nanoFramework.TestFramework;
using PicoKubelet.Api;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Api;

/// <summary>Replies of which only the success counts: in whichever form they come, their failures are explained.</summary>
[TestClass]
public class ProtobufReplyTests
{
    private const string Protobuf = "Content-Type: application/vnd.kubernetes.protobuf\r\n";

    // As kube-apiserver 1.20 sends it, but for what has a zero or is no ASCII: a device's strings end at a zero.
    private const string NotFound = "k8s\u0001\n\u000c\n\u0002v1\u0012\u0006Status\u0012g\u0012\u0007Failure\u001a+leases.coordination.k8s.io \"nope\" not found"
        + "\"\u0008NotFound*%\n\u0004nope\u0012\u0013coordination.k8s.io\u001a\u0006leases(\u0007";

    // A PartialObjectMetadata with name, uid and resourceVersion.
    private const string VersionOf42 = "k8s\u0001\u0012\u000e\n\u000c\n\u0001a*\u0003u-12\u000242";

    [TestMethod]
    public void A_success_is_not_looked_at()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("200 OK", Protobuf, "k8s\u0001\n\u001fwhatever"), Replies.Ok("{}"));

        Assert.IsTrue(Send(api).IsOk);
        Assert.IsTrue(Send(api).IsOk);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_success_that_is_cut_off_is_none()
    {
        ApiHarness api = ApiHarness.WithReplies("HTTP/1.1 200 OK\r\n" + Protobuf + "Content-Length: 200\r\n\r\nk8s\u0001");

        Assert.AreEqual("200 connection broken: body cut off", Send(api).Describe());
    }

    [TestMethod]
    public void What_was_not_asked_for_so_is_not_taken_so()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("200 OK", Protobuf, "k8s\u0001"));

        Assert.AreEqual("200 garbled reply: not JSON; is this the API server?", api.Get().Describe());
    }

    [TestMethod]
    public void An_objects_version_is_read_out_of_its_metadata()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("200 OK", Protobuf, VersionOf42), Replies.Of("200 OK", Protobuf, VersionOf42), Replies.Ok("{}"));
        ObjectVersion version = new ObjectVersion();

        Assert.IsTrue(api.Client.Get("/api/v1/nodes/a", ReplyForm.Version, version).IsOk);
        string first = version.ResourceVersion;
        Assert.AreEqual("42", first);
        Assert.AreEqual("u-1", version.Uid);

        Assert.IsTrue(api.Client.Get("/api/v1/nodes/a", ReplyForm.Version, version).IsOk);
        Assert.AreSame(first, version.ResourceVersion);
        Assert.AreEqual("u-1", version.Uid);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void Metadata_that_makes_no_sense_tells_no_version()
    {
        for (int length = 0; length < VersionOf42.Length - 4; length++)
        {
            ApiHarness api = ApiHarness.WithReplies(Replies.Of("200 OK", Protobuf, VersionOf42.Substring(0, length)));
            ObjectVersion version = new ObjectVersion();

            api.Client.Get("/api/v1/nodes/a", ReplyForm.Version, version);
            Assert.IsNull(version.ResourceVersion);
        }
    }

    [TestMethod]
    public void What_is_no_object_is_no_success_where_its_version_counts()
    {
        string[] bodies = { "{\"metadata\":{}}", "k8s\u0001\n\u0001a" };
        for (int i = 0; i < bodies.Length; i++)
        {
            ApiHarness api = ApiHarness.WithReplies(Replies.Of("200 OK", Protobuf, bodies[i]));

            Assert.AreEqual("200 garbled reply: no object in protobuf", api.Client.Get("/api/v1/nodes/a", ReplyForm.Version, new ObjectVersion()).Describe());
        }
    }

    [TestMethod]
    public void A_failure_is_explained()
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("404 Not Found", Protobuf, NotFound), Replies.Ok("{}"));

        ApiResult result = Send(api);

        Assert.AreEqual("404 NotFound: leases.coordination.k8s.io \"nope\" not found", result.Describe());
        Assert.AreEqual("NotFound", ApiHarness.NameOf(result.Outcome));
        Assert.AreEqual(7000, result.RetryAfterMilliseconds);
        Assert.IsTrue(Send(api).IsOk);
        Assert.AreEqual(1, api.Connector.Attempts);
    }

    [TestMethod]
    public void A_failure_that_is_cut_off_anywhere_is_still_one()
    {
        for (int length = 0; length < NotFound.Length; length++)
        {
            ApiHarness api = ApiHarness.WithReplies(Replies.Of("404 Not Found", Protobuf, NotFound.Substring(0, length)), Replies.Ok("{}"));

            ApiResult result = Send(api);

            Assert.AreEqual("NotFound", ApiHarness.NameOf(result.Outcome), length.ToString());
            Assert.StartsWith("404 ", result.Describe());
            Assert.IsTrue(Send(api).IsOk);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("k8s")]
    [DataRow("k8s\u0001\u0012\u007f\u001a\u007f")]
    [DataRow("k8s\u0001\u0012\u0003\u001a\u0001")]
    [DataRow("k8s\u0001\u000b\u000b\u000b\u000b")]
    [DataRow("k8s\u0001\u0001\u0001")]
    public void A_failure_that_makes_no_sense_is_its_status_code(string body)
    {
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("409 Conflict", Protobuf, body));

        Assert.StartsWith("409 conflict", Send(api).Describe());
    }

    [TestMethod]
    public void A_long_explanation_is_cut()
    {
        string message = new string('m', 127);
        string body = "k8s\u0001\u0012\u007f\u001a\u007f" + message + new string('x', 5000);
        ApiHarness api = ApiHarness.WithReplies(Replies.Of("403 Forbidden", Protobuf, body));

        Assert.IsTrue(Send(api).Describe().Length < 400);
    }

    private static ApiResult Send(ApiHarness api)
    {
        api.Client.Begin(Verb.Patch, "/a", MediaType.MergePatch, ReplyForm.Nothing).Value(1);
        return api.Client.Send(null);
    }
}
