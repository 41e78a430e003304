using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Storage;

[TestClass]
public class FullStorageTests
{
    private const string Name = "a.json";

    [TestMethod]
    public void What_can_be_done_without_makes_room_and_no_more_of_it_than_is_needed()
    {
        FakeFiles files = new FakeFiles { Blocks = 4 };
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(storage.Replace("pod.cache", new byte[2], 0, 2));
        Assert.IsTrue(storage.Replace("log.cache", new byte[2], 0, 2));
        files.Put("own.json", new byte[2]);
        files.Put("static.json", new byte[2]);

        Assert.IsTrue(Replace(storage, "first"));
        Assert.IsTrue(storage.IsHealthy);
        Assert.AreEqual("first", Read(storage));
        Assert.IsNull(files.Get("log.cache"));
        Assert.AreEqual("log.cache", storage.TakeDropped());
        Assert.IsNull(storage.TakeDropped());

        // The new one needs a block beside the old one.
        Assert.IsTrue(Replace(storage, "second"));
        Assert.AreEqual("second", Read(storage));
        Assert.AreEqual("pod.cache", storage.TakeDropped());
        Assert.AreEqual(3, files.Count);
    }

    [TestMethod]
    public void What_can_be_done_without_takes_no_room_from_others()
    {
        FakeFiles files = new FakeFiles { Blocks = 2 };
        AtomicStorage storage = new AtomicStorage(files);
        files.Put("a.cache", new byte[2]);
        files.Put("own.json", new byte[2]);

        Assert.IsFalse(storage.Replace("b.cache", new byte[2], 0, 2));
        Assert.IsTrue(storage.IsHealthy);
        Assert.IsNull(storage.TakeDropped());
        Assert.AreEqual(2, files.Count);
    }

    [TestMethod]
    public void Old_content_stays_where_nothing_can_make_room()
    {
        FakeFiles files = new FakeFiles { Blocks = 2 };
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Put("static.json", new byte[2]);

        Assert.IsFalse(Replace(storage, "new"));
        Assert.IsFalse(storage.IsHealthy);
        Assert.AreEqual("old", Read(storage));
        Assert.AreEqual(2, files.Count);
    }

    [TestMethod]
    public void What_a_power_cut_left_goes_before_what_can_be_done_without()
    {
        FakeFiles files = new FakeFiles { Blocks = 4 };
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Put("pod.cache", new byte[2]);
        files.Put("config.json", Encoding.UTF8.GetBytes("{}"));
        files.Put("config.json.new", Encoding.UTF8.GetBytes("{"));

        Assert.IsTrue(Replace(storage, "new"));
        Assert.IsNull(storage.TakeDropped());
        Assert.IsNull(files.Get("config.json.new"));
        Assert.IsNotNull(files.Get("config.json"));
        Assert.IsNotNull(files.Get("pod.cache"));
    }

    [TestMethod]
    public void What_a_power_cut_left_of_a_file_that_can_be_done_without_can_be_too()
    {
        FakeFiles files = new FakeFiles { Blocks = 3 };
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Put("pod.cache", new byte[2]);
        files.Put("log.cache.new", new byte[2]);

        Assert.IsTrue(Replace(storage, "new"));
        Assert.AreEqual("log.cache.new", storage.TakeDropped());
        Assert.IsNotNull(files.Get("pod.cache"));
    }

    [TestMethod]
    public void File_that_is_being_written_is_not_taken_for_what_a_power_cut_left()
    {
        FakeFiles files = new FakeFiles { Blocks = 4 };
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Put("program.cache", new byte[2]);
        files.Put("log.cache", new byte[2]);
        INewFile file = storage.Create("program.cache");
        file.Write(new byte[3], 0, 3);

        Assert.IsTrue(Replace(storage, "new"));
        Assert.AreEqual("log.cache", storage.TakeDropped());
        Assert.IsTrue(file.Complete());
        Assert.AreEqual(3, files.Get("program.cache").Length);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(4096, 1)]
    [DataRow(4097, 2)]
    [DataRow(8188, 2)]
    [DataRow(8189, 3)]
    [DataRow(12276, 3)]
    [DataRow(12277, 4)]
    public void Blocks_of_a_file_are_as_littlefs_reckons_them(int length, int blocks)
    {
        Assert.AreEqual(blocks, FlashBlocks.Of(length));
    }

    private static bool Replace(AtomicStorage storage, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        return storage.Replace(Name, content, 0, content.Length);
    }

    private static string Read(AtomicStorage storage)
    {
        IStoredFile file = storage.OpenRead(Name);
        byte[] content = new byte[32];
        int length = file.Read(content, 0, content.Length);
        file.Close();
        return Encoding.UTF8.GetString(content, 0, length);
    }
}
