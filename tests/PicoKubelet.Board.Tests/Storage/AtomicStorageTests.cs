using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Hardware;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;

namespace PicoKubelet.Tests.Storage;

[TestClass]
public class AtomicStorageTests
{
    private const string Name = "a.json";

    // With its checksum in front.
    private const string Sealed = "2cc0b4c3\n{\"new\":1}";

    // Creating, flushing, deleting and moving, and each byte.
    private const int StepsOfAReplacement = 4 + 9;

    [TestMethod]
    public void What_was_written_is_read_and_nothing_else_is_left()
    {
        FakeFiles files = new FakeFiles();
        AtomicStorage storage = new AtomicStorage(files, 4096);
        Assert.IsNull(storage.OpenRead(Name));
        Assert.IsTrue(Replace(storage, "first one"));
        Assert.IsTrue(Replace(storage, "second"));
        Assert.AreEqual("second", Read(storage));
        Assert.AreEqual(1, files.Count);
        Assert.IsTrue(storage.IsHealthy);
        Assert.AreEqual(4096L, storage.GetTotalBytes());

        Assert.IsTrue(storage.Delete(Name));
        Assert.IsTrue(storage.Delete(Name));
        Assert.IsNull(storage.OpenRead(Name));
        Assert.AreEqual(0, files.Count);
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_a_replacement_leaves_the_old_content_or_the_new_one()
    {
        int news = 0;
        for (int steps = 0; steps <= StepsOfAReplacement; steps++)
        {
            FakeFiles files = Cut("old", "new three", steps);
            string found = Read(new AtomicStorage(files));
            Assert.IsTrue(found == "old" || found == "new three", steps.ToString() + ": " + found);
            Assert.AreEqual(1, files.Count, steps.ToString());
            news += found == "old" ? 0 : 1;
        }

        // Once the old one is gone, and once all is done: the cut can come late too.
        Assert.AreEqual(2, news);
    }

    [TestMethod]
    [DataRow("{\"a\":{\"b\":\"}\"}", true)]
    [DataRow("{\"a\":\"{}", true)]
    [DataRow("{\"a\":\"\\\"}", true)]
    [DataRow("", true)]
    [DataRow("0000beef\n{}", true)]
    [DataRow("{\"a\":{\"b\":\"}{\"}}", false)]
    [DataRow("  {\"a\":\"\\\\\"}\r\n", false)]
    public void A_torn_file_does_not_cost_the_whole_new_one_beside_it(string old, bool isTorn)
    {
        FakeFiles files = new FakeFiles();
        files.Put(Name, Encoding.UTF8.GetBytes(old));
        files.Put(Name + ".new", Encoding.UTF8.GetBytes(Sealed));

        Assert.AreEqual(isTorn ? Sealed : old, Read(new AtomicStorage(files)));
        Assert.AreEqual(1, files.Count);
    }

    [TestMethod]
    [DataRow("{\"new\":1}")]
    [DataRow("0000beef\n{\"new\":1}")]
    public void Of_two_files_that_are_not_known_to_be_whole_the_old_one_stays(string newer)
    {
        FakeFiles files = new FakeFiles();
        files.Put(Name, Encoding.UTF8.GetBytes("{\"old\""));
        files.Put(Name + ".new", Encoding.UTF8.GetBytes(newer));

        Assert.AreEqual("{\"old\"", Read(new AtomicStorage(files)));
        Assert.AreEqual(1, files.Count);
    }

    [TestMethod]
    public void A_power_cut_while_the_last_one_is_put_right_does_no_harm_either()
    {
        for (int steps = 0; steps <= StepsOfAReplacement; steps++)
        {
            for (int again = 0; again <= StepsOfAReplacement + 1; again++)
            {
                FakeFiles files = Cut("old", "new three", steps);
                files.PowerFor(again);
                Replace(new AtomicStorage(files), "new again");
                files.PowerFor(int.MaxValue);
                AtomicStorage storage = new AtomicStorage(files);
                string found = Read(storage);
                Assert.IsTrue(found == "old" || found == "new three" || found == "new again", steps.ToString() + ", " + again.ToString() + ": " + found);
                Assert.IsTrue(Replace(storage, "last"));
                Assert.AreEqual("last", Read(storage));
                Assert.AreEqual(1, files.Count);
            }
        }
    }

    [TestMethod]
    public void A_power_cut_in_a_deletion_leaves_the_old_content_or_nothing()
    {
        for (int steps = 0; steps <= 2; steps++)
        {
            FakeFiles files = Cut("old", "new three", 5);
            files.PowerFor(steps);
            new AtomicStorage(files).Delete(Name);
            files.PowerFor(int.MaxValue);
            string found = Read(new AtomicStorage(files));
            Assert.IsTrue(found == "old" || found == null, steps.ToString() + ": " + found);
        }
    }

    [TestMethod]
    public void A_medium_that_fails_is_told_until_it_takes_a_write()
    {
        FakeFiles files = new FakeFiles();
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Failure = new InvalidOperationException("I/O");
        Assert.IsFalse(Replace(storage, "new"));
        Assert.IsFalse(storage.IsHealthy);
        Assert.IsFalse(storage.Delete(Name));
        Assert.ThrowsException(typeof(InvalidOperationException), () => storage.OpenRead(Name));

        files.Failure = null;
        Assert.AreEqual("old", Read(storage));
        Assert.IsFalse(storage.IsHealthy);
        Assert.IsTrue(Replace(storage, "new"));
        Assert.IsTrue(storage.IsHealthy);
    }

    [TestMethod]
    public void A_file_written_in_pieces_is_whole_or_not_there()
    {
        // Creating, closing, deleting and moving, and each byte.
        for (int steps = 0; steps <= 4 + 10; steps++)
        {
            FakeFiles files = new FakeFiles();
            files.Put(Name, Encoding.UTF8.GetBytes("old"));
            files.PowerFor(steps);
            INewFile file = new AtomicStorage(files).Create(Name);
            if (file != null)
            {
                file.Write(Encoding.UTF8.GetBytes("xfirst"), 1, 5);
                file.Write(Encoding.UTF8.GetBytes("piece"), 0, 5);
                Assert.AreEqual(steps == 14, file.Complete(), steps.ToString());
            }

            files.PowerFor(int.MaxValue);
            string found = Read(new AtomicStorage(files));
            Assert.IsTrue(found == "old" || found == "firstpiece", steps.ToString() + ": " + found);
            Assert.AreEqual(steps >= 13, found == "firstpiece", steps.ToString());
            Assert.AreEqual(1, files.Count, steps.ToString());
        }
    }

    [TestMethod]
    public void A_file_that_finds_no_room_leaves_the_one_of_its_name_and_a_storage_that_is_well()
    {
        FakeFiles files = new FakeFiles();
        AtomicStorage storage = new AtomicStorage(files);
        Assert.IsTrue(Replace(storage, "old"));
        files.Room = 7;
        INewFile file = storage.Create(Name);
        file.Write(Encoding.UTF8.GetBytes("first"), 0, 5);
        file.Write(Encoding.UTF8.GetBytes("piece"), 0, 5);
        Assert.AreEqual("old", Encoding.UTF8.GetString(files.Get(Name), 0, 3));
        Assert.IsFalse(file.Complete());

        Assert.AreEqual("old", Read(storage));
        Assert.AreEqual(1, files.Count);
        Assert.IsTrue(storage.IsHealthy);
    }

    [TestMethod]
    public void A_file_that_is_abandoned_is_gone()
    {
        FakeFiles files = new FakeFiles();
        AtomicStorage storage = new AtomicStorage(files);
        INewFile file = storage.Create(Name);
        file.Write(Encoding.UTF8.GetBytes("first"), 0, 5);
        file.Abandon();

        Assert.AreEqual(0, files.Count);
        Assert.IsNull(storage.OpenRead(Name));

        files.Failure = new InvalidOperationException("I/O");
        Assert.IsNull(storage.Create(Name));
        Assert.IsFalse(storage.IsHealthy);
    }

    private static FakeFiles Cut(string old, string content, int steps)
    {
        FakeFiles files = new FakeFiles();
        files.Put(Name, Encoding.UTF8.GetBytes(old));
        files.PowerFor(steps);
        Replace(new AtomicStorage(files), content);
        files.PowerFor(int.MaxValue);
        return files;
    }

    private static bool Replace(AtomicStorage storage, string content)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("x" + content + "x");
        return storage.Replace(Name, bytes, 1, bytes.Length - 2);
    }

    private static string Read(AtomicStorage storage)
    {
        IStoredFile file = storage.OpenRead(Name);
        if (file == null)
        {
            return null;
        }

        byte[] buffer = new byte[64];
        int length = 0;
        for (int read = file.Read(buffer, 0, buffer.Length); read > 0; read = file.Read(buffer, length, buffer.Length - length))
        {
            length += read;
        }

        file.Close();
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
