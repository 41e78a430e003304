using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Programs;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Programs;

[TestClass]
public class ProgramStoreTests
{
    // Two blocks of 4 KB, and so two programs.
    private const int SmallStorage = 40 * 1024;
    private const int PicoW = 32 * 1024;

    [TestMethod]
    public void Program_that_was_kept_is_found_by_name_and_version_and_by_digest()
    {
        FakeFiles files = new FakeFiles();
        StoredProgram program = Make("first", 700);
        program.Image = Sha256.Of("image");
        Assert.IsFalse(StoreOf(files).Has("a"));
        Assert.IsTrue(StoreOf(files).Keep("a", "1", program));

        // As after a reboot: nothing is kept beside the files.
        ProgramStore store = StoreOf(files);
        Assert.IsTrue(store.Has("a"));
        Assert.IsFalse(store.Has("b"));
        Assert.AreEqual("first", StartOf(store.Find("a", "1", 1000)));
        Assert.AreEqual(700, store.Find("a", "1", 700).Bytes.Length);
        Assert.AreEqual("first", StartOf(store.Find(program.Digest, 1000)));
        Assert.AreEqual(Hex.ToText(Sha256.Of("image")), Hex.ToText(store.Find(program.Digest, 1000).Image));
        Assert.IsNull(store.Find("a", "2", 1000));
        Assert.IsNull(store.Find("b", "1", 1000));
        Assert.IsNull(store.Find("a", "1", 699));
        Assert.IsNull(store.Find(Sha256.Of("other"), 1000));
    }

    [TestMethod]
    public void Newer_version_takes_the_place_of_the_older_one()
    {
        FakeFiles files = new FakeFiles();
        ProgramStore store = StoreOf(files);
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
        Assert.IsTrue(store.Keep("a", "2", Make("second", 800)));

        Assert.IsNull(store.Find("a", "1", 1000));
        Assert.AreEqual("second", StartOf(store.Find("a", "2", 1000)));
        Assert.AreEqual(1, files.Count);
    }

    [TestMethod]
    public void Program_is_written_once_and_again_for_another_version_of_the_same_bytes()
    {
        FakeFiles files = new FakeFiles();
        ProgramStore store = StoreOf(files);
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
        int writes = files.Writes;
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
        Assert.AreEqual(writes, files.Writes);

        Assert.IsTrue(store.Keep("a", "2", Make("first", 700)));
        Assert.AreEqual("first", StartOf(store.Find("a", "2", 1000)));
        Assert.AreEqual(1, files.Count);
    }

    [TestMethod]
    public void Pico_W_keeps_one_program_in_one_block()
    {
        FakeFiles files = new FakeFiles();
        ProgramStore store = new ProgramStore(new AtomicStorage(files), PicoW, new FakeUsers(), LogOf());
        Assert.IsFalse(store.Keep("a", "1", Make("first", FlashBlocks.Bytes)));
        Assert.IsTrue(store.Keep("a", "1", Make("first", 3900)));
        Assert.IsTrue(store.Keep("b", "1", Make("second", 3900)));
        Assert.IsFalse(store.Has("a"));
        Assert.AreEqual("second", StartOf(store.Find("b", "1", 4000)));
        Assert.AreEqual(1, files.Count);
    }

    [TestMethod]
    public void Oldest_program_that_no_pod_uses_makes_room()
    {
        FakeUsers users = new FakeUsers();
        ProgramStore store = StoreOf(new FakeFiles(), users);
        users.Used = Make("first", 700).Digest;
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
        Assert.IsTrue(store.Keep("b", "1", Make("second", 700)));
        Assert.IsTrue(store.Keep("c", "1", Make("third", 700)));

        Assert.IsTrue(store.Has("a"));
        Assert.IsFalse(store.Has("b"));
        Assert.IsTrue(store.Has("c"));

        // The sum counts too, in blocks of flash.
        Assert.IsFalse(store.Keep("d", "1", Make("fourth", 5000)));
        Assert.IsTrue(store.Has("a"));
        users.Used = null;
        Assert.IsTrue(store.Keep("d", "1", Make("fourth", 5000)));
        Assert.IsFalse(store.Has("a"));
        Assert.IsFalse(store.Keep("e", "1", Make("fifth", 9000)));
    }

    [TestMethod]
    public void Damaged_program_is_dropped()
    {
        FakeFiles files = new FakeFiles();
        ProgramStore store = StoreOf(files);
        store.Keep("a", "1", Make("first", 700));
        string file = files.Get("program-0.cache") == null ? "program-1.cache" : "program-0.cache";
        files.Get(file)[600] ^= 1;

        Assert.IsNull(store.Find("a", "1", 1000));
        Assert.IsFalse(store.Has("a"));
        Assert.IsNull(files.Get(file));
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
        Assert.AreEqual("first", StartOf(store.Find("a", "1", 1000)));

        // Of what it is called by.
        files.Get(file)[45] ^= 1;
        Assert.IsFalse(store.Has("a"));
        Assert.IsTrue(store.Keep("a", "1", Make("first", 700)));
    }

    [TestMethod]
    public void Power_cut_anywhere_leaves_a_program_that_is_whole_or_none()
    {
        StoredProgram first = Make("first", 600);
        StoredProgram second = Make("second", 600);
        int whole = 0;
        for (int steps = 0; whole < 3; steps += steps < 20 ? 1 : 37)
        {
            FakeFiles files = new FakeFiles();
            Assert.IsTrue(StoreOf(files).Keep("a", "1", first));
            files.PowerFor(steps);
            bool isKept = StoreOf(files).Keep("a", "2", second);
            files.PowerFor(int.MaxValue);

            ProgramStore store = StoreOf(files);
            StoredProgram old = store.Find("a", "1", 1000);
            StoredProgram found = store.Find("a", "2", 1000);
            Assert.IsTrue(old == null || StartOf(old) == "first");
            Assert.IsTrue(found == null ? !isKept : StartOf(found) == "second", steps.ToString());
            Assert.IsTrue(store.Keep("a", "2", second), steps.ToString());
            Assert.AreEqual("second", StartOf(store.Find("a", "2", 1000)));
            whole += isKept ? 1 : 0;
        }
    }

    [TestMethod]
    public void Storage_that_fails_or_is_too_small_keeps_nothing_and_says_nothing_worse()
    {
        FakeFiles files = new FakeFiles();
        ProgramStore store = StoreOf(files);
        store.Keep("a", "1", Make("first", 700));
        files.Room = 500;
        Assert.IsFalse(store.Keep("b", "1", Make("second", 700)));
        files.Failure = new InvalidOperationException("I/O");
        Assert.IsFalse(store.Has("a"));
        Assert.IsNull(store.Find("a", "1", 1000));
        Assert.IsFalse(store.Keep("c", "1", Make("third", 700)));

        ProgramStore none = new ProgramStore(new AtomicStorage(new FakeFiles()), 16 * 1024, new FakeUsers(), LogOf());
        Assert.IsFalse(none.Keep("a", "1", Make("first", 700)));
        Assert.IsFalse(none.Has("a"));
        Assert.IsNull(none.Find("a", "1", 1000));
        Assert.IsNull(none.Find(Sha256.Of("a"), 1000));
    }

    private static ProgramStore StoreOf(FakeFiles files, FakeUsers users = null)
    {
        return new ProgramStore(new AtomicStorage(files), SmallStorage, users ?? new FakeUsers(), LogOf());
    }

    private static Logger LogOf()
    {
        return new Logger(new RecordingLog(), new TimeKeeper(new ManualClock()));
    }

    private static StoredProgram Make(string start, int length)
    {
        byte[] content = new byte[length];
        byte[] text = Encoding.UTF8.GetBytes(start + ".");
        Array.Copy(text, 0, content, 0, text.Length);
        ProgramBytes bytes = new ProgramBytes(length);
        bytes.Write(content, 0, length);
        return new StoredProgram(bytes, bytes.MakeDigest());
    }

    private static string StartOf(StoredProgram program)
    {
        byte[] content = new byte[16];
        int length = program.Bytes.Open().Read(content, 0, content.Length);
        string text = Encoding.UTF8.GetString(content, 0, length);
        return text.Substring(0, text.IndexOf("."));
    }
}
