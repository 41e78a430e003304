using System;
using System.Text;
using nanoFramework.TestFramework;
using PicoKubelet.Logging;
using PicoKubelet.Settings;
using PicoKubelet.Storage;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Settings;

[TestClass]
public class SettingsStoreTests
{
    private const string Old = "{\"apiServer\":\"http://a:1\",\"nodeName\":\"old\"}";
    private const string New = "{\"apiServer\":\"http://a:1\",\"nodeName\":\"new\",\"token\":\"s3cr3t\"}";

    [TestMethod]
    [DataRow(0)]
    [DataRow(SettingsStore.HeadBytes)]
    [DataRow(20)]
    public void What_the_device_stored_is_loaded(int offset)
    {
        FakeFiles files = new FakeFiles();
        RecordingLog log = new RecordingLog();
        Assert.IsTrue(Save(files, log, New, offset));
        DeviceSettings settings = Load(files, log);
        Assert.AreEqual("new", settings.NodeName);
        Assert.AreEqual("s3cr3t", settings.Token);
        Assert.AreEqual(0, log.Count);
        byte[] stored = files.Get(SettingsStore.FileName);
        Assert.AreEqual("\n" + New, Encoding.UTF8.GetString(stored, 8, stored.Length - 8));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\r\n   \r\n   \r\n")]
    [DataRow("\uFEFF")]
    public void What_the_user_deployed_is_loaded(string before)
    {
        FakeFiles files = Deployed(before + Old);
        RecordingLog log = new RecordingLog();
        Assert.AreEqual("old", Load(files, log).NodeName);
        Assert.AreEqual(0, log.Count);
    }

    [TestMethod]
    public void A_document_that_changed_is_noticed_once_it_stays_the_same()
    {
        FakeFiles files = Deployed(Old);
        SettingsStore store = NewStore(files, new RecordingLog());
        store.Load();
        Assert.IsFalse(store.HasChanged());
        Assert.IsFalse(store.HasChanged());

        files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(New.Substring(0, 20)));
        Assert.IsFalse(store.HasChanged());
        files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(New));
        Assert.IsFalse(store.HasChanged());
        Assert.IsTrue(store.HasChanged());

        files.Delete(SettingsStore.FileName);
        Assert.IsFalse(store.HasChanged());
        files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(Old));
        Assert.IsFalse(store.HasChanged());
        Assert.IsFalse(store.HasChanged());
    }

    [TestMethod]
    public void A_document_of_the_devices_own_is_compared_without_its_checksum()
    {
        FakeFiles files = new FakeFiles();
        RecordingLog log = new RecordingLog();
        Save(files, log, Old, 0);
        SettingsStore store = NewStore(files, log);
        store.Load();
        Assert.IsFalse(store.HasChanged());
        Assert.IsFalse(store.HasChanged());

        Save(files, log, New, 0);
        Assert.IsFalse(store.HasChanged());
        Assert.IsTrue(store.HasChanged());
    }

    [TestMethod]
    public void Without_a_document_there_are_no_settings()
    {
        RecordingLog log = new RecordingLog();
        SettingsStore store = NewStore(new FakeFiles(), log);
        Assert.IsNull(store.Load());
        Assert.AreEqual("level=error msg=\"no settings\" file=picokubelet.json\n", log.Text);
    }

    [TestMethod]
    public void A_document_that_is_cut_anywhere_is_no_reason_to_fail()
    {
        FakeFiles files = new FakeFiles();
        Save(files, new RecordingLog(), New, 0);
        byte[] whole = files.Get(SettingsStore.FileName);
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = new byte[length];
            Array.Copy(whole, cut, length);
            files.Put(SettingsStore.FileName, cut);
            MustRefuse(files, length);
        }
    }

    [TestMethod]
    public void A_document_with_a_flipped_bit_is_refused()
    {
        FakeFiles files = new FakeFiles();
        Save(files, new RecordingLog(), New, 0);
        byte[] bytes = files.Get(SettingsStore.FileName);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte good = bytes[i];
            bytes[i] = (byte)(good ^ (1 << (i % 8)));
            MustRefuse(files, i);
            bytes[i] = good;
        }

        Assert.AreEqual("new", Load(files, new RecordingLog()).NodeName);
    }

    [TestMethod]
    public void A_storage_that_fails_is_told_and_throws_nothing()
    {
        FakeFiles files = Deployed(Old);
        files.Failure = new InvalidOperationException("I/O");
        RecordingLog log = new RecordingLog();
        SettingsStore store = NewStore(files, log);
        Assert.IsNull(store.Load());
        Assert.IsFalse(Save(files, log, New, 0));
        Assert.AreEqual("level=error msg=\"settings can not be read\" error=I/O\nlevel=error msg=\"settings can not be stored\"\n", log.Text);

        files.Failure = null;
        Assert.AreEqual("old", store.Load().NodeName);
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_a_write_leaves_the_old_settings_or_the_new_ones()
    {
        int steps = StepsOfASave(Deployed(Old));
        for (int cut = 0; cut <= steps; cut++)
        {
            FakeFiles files = Deployed(Old);
            files.PowerFor(cut);
            Assert.AreEqual(cut == steps, Save(files, new RecordingLog(), New, 0));
            files.PowerFor(int.MaxValue);
            RecordingLog log = new RecordingLog();
            string name = Load(files, log).NodeName;
            Assert.AreEqual(cut >= steps - 1 ? "new" : "old", name, cut.ToString());
            Assert.AreEqual(0, log.Count);
            Assert.AreEqual(1, files.Count);
        }
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_the_first_write_leaves_none_or_the_new_ones()
    {
        int steps = StepsOfASave(new FakeFiles());
        for (int cut = 0; cut <= steps; cut++)
        {
            FakeFiles files = new FakeFiles();
            files.PowerFor(cut);
            Save(files, new RecordingLog(), New, 0);
            files.PowerFor(int.MaxValue);
            DeviceSettings settings = Load(files, new RecordingLog());
            Assert.AreEqual(cut >= steps - 2, settings != null, cut.ToString());

            // Whatever was left behind, the next write is whole.
            Assert.IsTrue(Save(files, new RecordingLog(), Old, 0));
            Assert.AreEqual("old", Load(files, new RecordingLog()).NodeName);
            Assert.AreEqual(1, files.Count);
        }
    }

    private static void MustRefuse(FakeFiles files, int at)
    {
        RecordingLog log = new RecordingLog();
        SettingsStore store = NewStore(files, log);
        Assert.IsNull(store.Load(), at.ToString());
        Assert.AreEqual(1, log.CountOf("settings can not be used"), log.Text);
        Assert.DoesNotContains("s3cr3t", log.Text);
    }

    private static int StepsOfASave(FakeFiles files)
    {
        files.PowerFor(int.MaxValue);
        Save(files, new RecordingLog(), New, 0);
        return files.Steps;
    }

    private static FakeFiles Deployed(string document)
    {
        FakeFiles files = new FakeFiles();
        files.Put(SettingsStore.FileName, Encoding.UTF8.GetBytes(document));
        return files;
    }

    private static bool Save(FakeFiles files, RecordingLog log, string document, int offset)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        byte[] buffer = new byte[offset + bytes.Length + 3];
        Array.Copy(bytes, 0, buffer, offset, bytes.Length);
        return NewStore(files, log).Save(buffer, offset, bytes.Length);
    }

    private static DeviceSettings Load(FakeFiles files, RecordingLog log)
    {
        return NewStore(files, log).Load();
    }

    private static SettingsStore NewStore(FakeFiles files, RecordingLog log)
    {
        return new SettingsStore(new AtomicStorage(files), new Logger(log, new TimeKeeper(new ManualClock())));
    }
}
