using System.Reflection;
using PicoKubelet.Configuration;
using PicoKubelet.Http;
using PicoKubelet.Inputs;
using PicoKubelet.Pods;
using PicoKubelet.Wasm;

namespace PicoKubelet.IntegrationTests.Structure;

/// <summary>The folders of the firmware's libraries have an order: each uses those above it in docs/architecture.md alone.</summary>
[TestClass]
public sealed class FolderOrderTests
{
    [TestMethod]
    [DataRow(typeof(HttpReader))]
    [DataRow(typeof(NodeConfiguration))]
    [DataRow(typeof(BoardInputs))]
    [DataRow(typeof(PodTable))]
    [DataRow(typeof(Firmware))]
    [DataRow(typeof(WasmModule))]
    public void No_two_folders_of_a_library_need_each_other(Type one)
    {
        IReadOnlyList<string> circles = new FolderGraph(Assembly.GetAssembly(one)!).FindCircles();

        Assert.IsEmpty(circles, string.Join(Environment.NewLine, circles));
    }
}
