using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigurationStoreTests
{
    [TestMethod]
    public void What_was_stored_is_loaded()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        harness.Save(harness.NewStore());
        ConfigMapReader reader = NewReader();
        Assert.IsTrue(harness.NewStore().TryLoad(reader));
        Assert.IsTrue(reader.Report.IsClean);
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            Assert.IsTrue(ConfigurationKeys.Get(i).AreSame(harness.Values, reader.Values), ConfigurationKeys.Get(i).Name);
        }

        Assert.AreEqual(0, harness.Log.Count);
    }

    [TestMethod]
    public void Without_a_file_there_is_nothing_to_load_and_nothing_to_say()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        Assert.IsFalse(harness.NewStore().TryLoad(NewReader()));
        Assert.AreEqual(0, harness.Log.Count);
    }

    [TestMethod]
    public void A_file_that_is_cut_anywhere_is_ignored()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        harness.Save(harness.NewStore());
        byte[] whole = harness.Storage.Written;
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = new byte[length];
            System.Array.Copy(whole, cut, length);
            harness.Storage.File = new FakeStoredFile(cut);
            Assert.IsFalse(harness.NewStore().TryLoad(NewReader()), length.ToString());
            Assert.AreEqual(length + 1, harness.Log.CountOf("stored configuration is corrupt"));
            Assert.IsTrue(harness.Storage.File.IsClosed);
        }
    }

    [TestMethod]
    public void A_file_with_a_flipped_bit_is_ignored()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        harness.Save(harness.NewStore());
        byte[] bytes = harness.Storage.Written;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte good = bytes[i];
            bytes[i] = (byte)(good ^ (1 << (i % 8)));
            harness.Storage.File = new FakeStoredFile(bytes);
            Assert.IsFalse(harness.NewStore().TryLoad(NewReader()), i.ToString());
            bytes[i] = good;
        }
    }

    [TestMethod]
    public void A_storage_that_fails_does_not_keep_the_device_from_starting()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        harness.Storage.Failure = new System.InvalidOperationException("I/O");
        Assert.IsFalse(harness.NewStore().TryLoad(NewReader()));
        Assert.AreEqual(1, harness.Log.CountOf("I/O"));
    }

    [TestMethod]
    public void It_is_written_when_it_changed_and_once_a_minute_at_most()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        ConfigurationStore store = harness.NewStore();
        Assert.AreEqual(int.MaxValue, store.UntilDue());
        harness.Save(store);
        Assert.AreEqual(1, harness.Storage.Writes);

        // The same again costs nothing, neither a write nor a minute.
        harness.Clock.Advance(61000);
        harness.Save(store);
        Assert.AreEqual(1, harness.Storage.Writes);
        Assert.IsNull(Keys.Read("led", "on", harness.Values));
        harness.Save(store);
        Assert.AreEqual(2, harness.Storage.Writes);

        Assert.IsNull(Keys.Read("led", "off", harness.Values));
        store.MarkChanged();
        Assert.AreEqual(ConfigurationStore.MinWriteInterval, store.UntilDue());
        harness.Clock.Advance(59999);
        Assert.AreEqual(1, store.UntilDue());
        harness.Clock.Advance(1);
        Assert.AreEqual(0, store.UntilDue());
    }

    [TestMethod]
    public void After_a_reboot_the_same_is_not_written_again()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        harness.Save(harness.NewStore());
        ConfigurationStore store = harness.NewStore();
        harness.Storage.File = new FakeStoredFile(harness.Storage.Written);
        Assert.IsTrue(store.TryLoad(NewReader()));
        store.MarkChanged();
        store.Save(harness.Values, harness.Buffer);
        Assert.AreEqual(1, harness.Storage.Writes);
    }

    [TestMethod]
    public void The_defaults_need_no_file()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        ConfigurationStore store = harness.NewStore();
        store.MarkChanged();
        store.Save(Keys.Defaults(), harness.Buffer);
        Assert.AreEqual(0, harness.Storage.Writes);

        harness.Save(store);
        store.Save(Keys.Defaults(), harness.Buffer);
        Assert.AreEqual(2, harness.Storage.Writes);
        Assert.IsNull(harness.Storage.Written);
    }

    [TestMethod]
    public void A_write_that_failed_is_tried_again_in_a_minute()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        ConfigurationStore store = harness.NewStore();
        harness.Storage.IsHealthy = false;
        harness.Save(store);
        Assert.AreEqual(ConfigurationStore.MinWriteInterval, store.UntilDue());
        Assert.AreEqual(1, harness.Log.CountOf("could not be stored"));
        harness.Storage.IsHealthy = true;
        harness.Clock.Advance(60000);
        Assert.AreEqual(0, store.UntilDue());
        store.Save(harness.Values, harness.Buffer);
        Assert.IsNotNull(harness.Storage.Written);
        Assert.AreEqual(int.MaxValue, store.UntilDue());
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_a_write_leaves_the_old_configuration_or_the_new_one()
    {
        int steps = StepsOfAWrite(true);
        for (int cut = 0; cut <= steps; cut++)
        {
            ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
            FakeFiles files = new FakeFiles();
            Write(harness, files, true);
            files.PowerFor(cut);
            Write(harness, files, false);
            files.PowerFor(int.MaxValue);
            int warnings = harness.Log.Count;
            ConfigMapReader reader = NewReader();
            Assert.IsTrue(harness.NewStore(files).TryLoad(reader), cut.ToString());
            Assert.AreEqual(cut >= steps - 1 ? "floor=2" : "floor=1", LabelOf(reader));
            Assert.AreEqual(warnings, harness.Log.Count);
            Assert.AreEqual(1, files.Count);
        }
    }

    [TestMethod]
    public void A_power_cut_anywhere_in_the_first_write_leaves_the_defaults_or_the_new_one()
    {
        int steps = StepsOfAWrite(false);
        for (int cut = 0; cut <= steps; cut++)
        {
            ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
            FakeFiles files = new FakeFiles();
            files.PowerFor(cut);
            Write(harness, files, true);
            files.PowerFor(int.MaxValue);
            ConfigMapReader reader = NewReader();
            bool isLoaded = harness.NewStore(files).TryLoad(reader);
            Assert.AreEqual(cut >= steps - 2, isLoaded, cut.ToString());
            Assert.IsTrue(!isLoaded || LabelOf(reader) == "floor=1");
            Assert.IsTrue(files.Count <= 1);

            Write(harness, files, false);
            Assert.IsTrue(harness.NewStore(files).TryLoad(reader));
            Assert.AreEqual("floor=2", LabelOf(reader));
            Assert.AreEqual(1, files.Count);
        }
    }

    private static int StepsOfAWrite(bool isSecond)
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        FakeFiles files = new FakeFiles();
        if (isSecond)
        {
            Write(harness, files, true);
        }

        files.PowerFor(int.MaxValue);
        Write(harness, files, !isSecond);
        return files.Steps;
    }

    private static void Write(ConfigurationStoreHarness harness, FakeFiles files, bool isFirst)
    {
        ConfigurationValues values = Keys.Defaults();
        Assert.IsNull(Keys.Read("node.labels", isFirst ? "floor=1" : "floor=2", values));
        ConfigurationStore store = harness.NewStore(files);
        store.MarkChanged();
        store.Save(values, harness.Buffer);
    }

    private static string LabelOf(ConfigMapReader reader)
    {
        return Keys.Write("node.labels", reader.Values);
    }

    private static ConfigMapReader NewReader()
    {
        return new ConfigMapReader(Keys.Scope(), NodeHarness.NewSettings(), Keys.NewValues(), new byte[ConfigMapReader.MinBufferBytes]);
    }
}
