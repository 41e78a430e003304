using nanoFramework.TestFramework;
using PicoKubelet.Wasm;

namespace PicoKubelet.Tests;

/// <summary>Files by WASI, over a host that has two folders.</summary>
[TestClass]
public class WasiFileTests
{
    private const long Reading = WasiFileHarness.Reading;
    private const long Writing = 64;
    private const int Path = WasiFileHarness.Path;
    private const int Result = WasiFileHarness.Result;
    private const int Vectors = WasiFileHarness.Vectors;
    private const int Target = WasiFileHarness.Target;

    [TestMethod]
    public void Folders_are_open_from_the_start()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.AreEqual(0, wasi.Call("fd_prestat_get", 3, Result));
        Assert.AreEqual(0, wasi.Instance.Memory.ReadInt32(Result));
        Assert.AreEqual(8, wasi.Instance.Memory.ReadInt32(Result + 4));
        Assert.AreEqual(0, wasi.Call("fd_prestat_dir_name", 3, Target, 8));
        Assert.AreEqual("/etc/app", wasi.Text(Target, 8));
        Assert.AreEqual(37, wasi.Call("fd_prestat_dir_name", 3, Target, 7));
        Assert.AreEqual(0, wasi.Call("fd_prestat_dir_name", 4, Target, 100));
        Assert.AreEqual("/data", wasi.Text(Target, 5));
        Assert.AreEqual(8, wasi.Call("fd_prestat_get", 5, Result));
        Assert.AreEqual(8, wasi.Call("fd_prestat_get", -1, Result));
        Assert.AreEqual(8, wasi.Call("fd_prestat_dir_name", 2, Target, 8));
        Assert.AreEqual(0, wasi.Call("fd_fdstat_get", 3, Result));
        Assert.AreEqual(3, (int)wasi.Instance.Memory.ReadByte(Result));
        Assert.AreEqual(76, wasi.Call("fd_close", 3));
        Assert.AreEqual(31, wasi.Call("fd_read", 3, Vectors, 1, Result));
        Assert.AreEqual(8, wasi.Call("fd_seek", 3, 0, 0, Result));
    }

    [TestMethod]
    public void File_is_open_until_it_is_closed()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.IsFalse(wasi.Wasi.HasOpenFiles);
        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(0, wasi.Call("fd_close", 5));
        Assert.IsTrue(wasi.Wasi.HasOpenFiles);
        Assert.AreEqual(0, wasi.Call("fd_close", 6));
        Assert.IsFalse(wasi.Wasi.HasOpenFiles);
    }

    [TestMethod]
    public void File_is_read_to_its_end_and_over_again()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(5, wasi.Instance.Memory.ReadInt32(Result));
        Assert.AreEqual(0, wasi.Call("fd_fdstat_get", 5, Result));
        Assert.AreEqual(4, (int)wasi.Instance.Memory.ReadByte(Result));
        Assert.AreEqual("hel", wasi.Read(5, 1, 2, 0));
        Assert.AreEqual(0, wasi.Call("fd_tell", 5, Result));
        Assert.IsTrue(wasi.Instance.Memory.ReadInt64(Result) == 3);
        Assert.AreEqual("lo", wasi.Read(5, 1, 2, 100));
        Assert.AreEqual("", wasi.Read(5, 1, 2, 100));
        Assert.AreEqual(0, wasi.Call("fd_seek", 5, -1, 2, Result));
        Assert.IsTrue(wasi.Instance.Memory.ReadInt64(Result) == 4);
        Assert.AreEqual("o", wasi.Read(5, 100, 0, 0));
        Assert.AreEqual(0, wasi.Call("fd_seek", 5, -4, 1, Result));
        Assert.AreEqual("ello", wasi.Read(5, 0, 0, 100));
        Assert.AreEqual(0, wasi.Call("fd_seek", 5, 0, 0, Result));
        Assert.AreEqual("hello", wasi.Read(5, 100, 100, 100));
        Assert.AreEqual(0, wasi.Call("fd_seek", 5, 1000, 0, Result));
        Assert.AreEqual("", wasi.Read(5, 100, 0, 0));
        Assert.AreEqual(0, wasi.Call("fd_close", 5));
        Assert.AreEqual(8, wasi.Call("fd_close", 5));
        Assert.AreEqual(8, wasi.Call("fd_read", 5, Vectors, 1, Result));
    }

    [TestMethod]
    public void File_that_is_open_keeps_its_content_and_the_next_one_has_the_new()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.AreEqual(0, wasi.Open(3, "a"));
        wasi.Files.Content = "goodbye";
        Assert.AreEqual(0, wasi.Open(3, "./a"));
        Assert.AreEqual(0, wasi.Open(4, "././a"));
        Assert.AreEqual("hello", wasi.Read(5, 100, 0, 0));
        Assert.AreEqual("goodbye", wasi.Read(6, 100, 0, 0));
        Assert.AreEqual("other", wasi.Read(7, 100, 0, 0));
        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(33, wasi.Open(3, "a"));
        Assert.AreEqual(0, wasi.Call("fd_close", 6));
        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(6, wasi.Instance.Memory.ReadInt32(Result));
    }

    [TestMethod]
    [DataRow(44, 3, "b")]
    [DataRow(44, 3, "")]
    [DataRow(44, 3, "a/")]
    [DataRow(44, 3, "b/a")]
    [DataRow(31, 3, ".")]
    [DataRow(31, 3, "./")]
    [DataRow(76, 3, "/etc/app/a")]
    [DataRow(76, 3, ".//a")]
    [DataRow(76, 3, "..")]
    [DataRow(76, 3, "../app/a")]
    [DataRow(76, 3, "b/../a")]
    [DataRow(76, 3, "a/..")]
    [DataRow(44, 3, "..data")]
    [DataRow(22, 3, "large")]
    [DataRow(8, 5, "a")]
    [DataRow(8, 1, "a")]
    [DataRow(8, -1, "a")]
    [DataRow(8, int.MinValue, "a")]
    public void What_can_not_be_opened_gives_a_number(int error, int descriptor, string path)
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.AreEqual(error, wasi.Open(descriptor, path));
    }

    [TestMethod]
    public void Nothing_is_written()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        Assert.AreEqual(69, wasi.Open(3, "b", 1));
        Assert.AreEqual(69, wasi.Open(3, "a", 8));
        Assert.AreEqual(69, wasi.Open(3, "a", 0, Reading | Writing));
        Assert.AreEqual(20, wasi.Open(3, "a", 5));
        Assert.AreEqual(54, wasi.Open(3, "a", 2));
        Assert.AreEqual(0, wasi.Open(3, "a", 1));
        Assert.AreEqual(54, wasi.Open(5, "a"));
        Assert.AreEqual(8, wasi.Call("fd_write", 5, Vectors, 1, Result));
    }

    [TestMethod]
    public void Hostile_arguments_give_numbers_and_open_nothing()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        wasi.Instance.Memory.Write(Path, new byte[] { (byte)'a', 0, (byte)'b' }, 0, 3);
        Assert.AreEqual(28, wasi.Call("path_open", 3, 0, Path, 3, 0, Reading, 0, 0, Result));
        Assert.AreEqual(37, wasi.Call("path_open", 3, 0, Path, 129, 0, Reading, 0, 0, Result));
        Assert.AreEqual(37, wasi.Call("path_open", 3, 0, Path, -1, 0, Reading, 0, 0, Result));
        Assert.AreEqual(21, wasi.Call("path_open", 3, 0, 65535, 2, 0, Reading, 0, 0, Result));
        Assert.AreEqual(21, wasi.Call("path_open", 3, 0, -1, 1, 0, Reading, 0, 0, Result));
        for (var i = 0; i < 6; i++)
        {
            Assert.AreEqual(21, wasi.Call("path_open", 3, 0, Path, 1, 0, Reading, 0, 0, 65533));
        }

        Assert.AreEqual(0, wasi.Open(3, "a"));
        Assert.AreEqual(21, wasi.Call("fd_prestat_get", 3, 65530));
        Assert.AreEqual(21, wasi.Call("fd_prestat_dir_name", 3, 65530, 100));
        Assert.AreEqual(21, wasi.Call("fd_read", 5, 65530, 1, Result));
        wasi.SetVector(0, -1, 4);
        Assert.AreEqual(21, wasi.Call("fd_read", 5, Vectors, 1, Result));
        wasi.SetVector(0, Target, -1);
        Assert.AreEqual(21, wasi.Call("fd_read", 5, Vectors, 1, 65534));
        Assert.AreEqual(0, wasi.Call("fd_read", 5, Vectors, int.MaxValue, Result));
        Assert.AreEqual("hello", wasi.Text(Target, wasi.Instance.Memory.ReadInt32(Result)));
        Assert.AreEqual(0, wasi.Call("fd_read", 5, Vectors, -1, Result));
        Assert.AreEqual(28, wasi.Call("fd_seek", 5, -1, 0, Result));
        Assert.AreEqual(28, wasi.Call("fd_seek", 5, long.MaxValue, 2, Result));
        Assert.AreEqual(28, wasi.Call("fd_seek", 5, long.MinValue, 1, Result));
        Assert.AreEqual(28, wasi.Call("fd_seek", 5, 0, 3, Result));
        Assert.AreEqual(21, wasi.Call("fd_seek", 5, 0, 0, -8));
        Assert.AreEqual(21, wasi.Call("fd_tell", 5, 65532));
        Assert.AreEqual(8, wasi.Call("fd_close", int.MaxValue));
        Assert.AreEqual(8, wasi.Call("fd_close", int.MinValue));
        Assert.AreEqual(8, wasi.Call("fd_tell", 100, Result));
        Assert.AreEqual(70, wasi.Call("fd_tell", 1, Result));
        Assert.AreEqual(8, wasi.Call("fd_read", 1, Vectors, 1, Result));

        // Nothing comes in by the standard input.
        Assert.AreEqual(0, wasi.Call("fd_read", 0, Vectors, 1, Result));
        Assert.AreEqual(0, wasi.Instance.Memory.ReadInt32(Result));
    }

    [TestMethod]
    public void File_that_is_not_known_yet_is_waited_for()
    {
        WasiFileHarness wasi = new WasiFileHarness();
        wasi.Write("late");
        Assert.IsTrue(TestModules.Call(wasi.Instance, "path_open", 3, 0, Path, 4, 0, Reading, 0, 0, Result) == WasmStatus.Waiting);
        Assert.IsTrue(wasi.Instance.WakeAt == 1000 + 200000000);
        Assert.IsTrue(wasi.Instance.Run(100) == WasmStatus.Waiting);
        wasi.Files.IsKnown = true;
        Assert.IsTrue(wasi.Instance.Run(100) == WasmStatus.Finished);
        Assert.AreEqual(0, (int)wasi.Instance.ResultBits(0));
        Assert.AreEqual("hello", wasi.Read(wasi.Instance.Memory.ReadInt32(Result), 100, 0, 0));
    }
}
