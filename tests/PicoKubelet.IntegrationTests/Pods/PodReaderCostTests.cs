using System.Text;
using PicoKubelet.Json;
using PicoKubelet.Pods;
using PicoKubelet.Text;

namespace PicoKubelet.IntegrationTests.Pods;

/// <summary>What reading a pod costs.</summary>
[TestClass]
public sealed class PodReaderCostTests : IKnownPods
{
    private const int Slack = 64;

    public bool IsKnown(string uid) => false;

    [TestMethod]
    [DataRow("annotation")]
    [DataRow("tolerations")]
    [DataRow("containers")]
    [DataRow("volumes")]
    public void APodOf200KilobytesCostsNoMoreHeapThanOneOf4(string filler)
    {
        byte[] small = Encoding.UTF8.GetBytes(PodWith(filler, 4 * 1024));
        byte[] large = Encoding.UTF8.GetBytes(PodWith(filler, 200 * 1024));
        PodReader reader = new(this);
        JsonReader json = new(256, 512);

        // What is made once is no pod's.
        Read(reader, json, small);
        long smallCost = Read(reader, json, small);
        string? smallRefusal = reader.RefusalMessage;
        long largeCost = Read(reader, json, large);

        Assert.AreEqual(smallRefusal, reader.RefusalMessage);
        Assert.IsGreaterThan(0, smallCost);
        Assert.IsLessThanOrEqualTo(smallCost + Slack, largeCost);
    }

    private static string PodWith(string filler, int bytes)
    {
        StringBuilder text = new();
        while (text.Length < bytes)
        {
            text.Append(filler switch
            {
                "annotation" => @"{\""kind\"":\""Pod\""}\n",
                "volumes" => """,{"name":"more","configMap":{"name":"a"}}""",
                "tolerations" => """,{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}""",
                _ => """,{"name":"more","image":"nginx","command":["/bin/sh"],"env":[{"name":"A","value":"b"}]}""",
            });
        }

        string annotation = filler == "annotation" ? text.ToString() : "";
        string tolerations = filler == "tolerations" ? text.ToString() : "";
        string containers = filler == "containers" ? text.ToString() : "";
        string volumes = filler == "volumes" ? text.ToString() : "";
        return $$$"""
            {"metadata":{"name":"p","namespace":"default","uid":"u","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{{annotation}}}"} },
             "spec":{"runtimeClassName":"picokubelet","tolerations":[{}{{{tolerations}}}],"volumes":[{"name":"app","configMap":{"name":"blink"} }{{{volumes}}}],
             "containers":[{"name":"c","image":"picokubelet.io/wasm","command":["/app/a"],"volumeMounts":[{"name":"app","mountPath":"/app"}]}{{{containers}}}]},"status":{"phase":"Pending"}}
            """;
    }

    private static long Read(PodReader reader, JsonReader json, byte[] pod)
    {
        json.Reset(new BufferSource(pod, 0, pod.Length));
        long before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(json);
        json.ReadToEnd();
        reader.TakeSpec();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
