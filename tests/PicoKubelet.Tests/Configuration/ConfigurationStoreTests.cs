using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Logging;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Text;
using PicoKubelet.Time;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigurationStoreTests
{
    private const string Note = "note=a \"quoted\" \\ \u20ac";

    private readonly ManualClock _clock = new ManualClock();
    private readonly FakeStorage _storage = new FakeStorage();
    private readonly RecordingLog _log = new RecordingLog();
    private readonly JsonWriter _buffer = new JsonWriter(new Utf8Writer(4096));
    private readonly ConfigurationValues _values = Keys.NewValues();

    [TestMethod]
    public void What_was_stored_is_loaded()
    {
        Save(NewStore());
        ConfigMapReader reader = NewReader();
        Assert.IsTrue(NewStore().TryLoad(reader));
        Assert.IsTrue(reader.Report.IsClean);
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            Assert.IsTrue(ConfigurationKeys.Get(i).AreSame(_values, reader.Values), ConfigurationKeys.Get(i).Name);
        }

        Assert.AreEqual(0, _log.Count);
    }

    [TestMethod]
    public void Without_a_file_there_is_nothing_to_load_and_nothing_to_say()
    {
        Assert.IsFalse(NewStore().TryLoad(NewReader()));
        Assert.AreEqual(0, _log.Count);
    }

    [TestMethod]
    public void A_file_that_is_cut_anywhere_is_ignored()
    {
        Save(NewStore());
        byte[] whole = _storage.Written;
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = new byte[length];
            System.Array.Copy(whole, cut, length);
            _storage.File = new FakeStoredFile(cut);
            Assert.IsFalse(NewStore().TryLoad(NewReader()), length.ToString());
            Assert.AreEqual(length + 1, _log.CountOf("stored configuration is corrupt"));
            Assert.IsTrue(_storage.File.IsClosed);
        }
    }

    [TestMethod]
    public void A_file_with_a_flipped_bit_is_ignored()
    {
        Save(NewStore());
        byte[] bytes = _storage.Written;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte good = bytes[i];
            bytes[i] = (byte)(good ^ (1 << (i % 8)));
            _storage.File = new FakeStoredFile(bytes);
            Assert.IsFalse(NewStore().TryLoad(NewReader()), i.ToString());
            bytes[i] = good;
        }
    }

    [TestMethod]
    public void A_storage_that_fails_does_not_keep_the_device_from_starting()
    {
        _storage.Failure = new System.InvalidOperationException("I/O");
        Assert.IsFalse(NewStore().TryLoad(NewReader()));
        Assert.AreEqual(1, _log.CountOf("I/O"));
    }

    [TestMethod]
    public void It_is_written_when_it_changed_and_once_a_minute_at_most()
    {
        ConfigurationStore store = NewStore();
        Assert.AreEqual(int.MaxValue, store.UntilDue());
        Save(store);
        Assert.AreEqual(1, _storage.Writes);

        // The same again costs nothing, neither a write nor a minute.
        _clock.Advance(61000);
        Save(store);
        Assert.AreEqual(1, _storage.Writes);
        Assert.IsNull(Keys.Read("led", "on", _values));
        Save(store);
        Assert.AreEqual(2, _storage.Writes);

        Assert.IsNull(Keys.Read("led", "off", _values));
        store.MarkChanged();
        Assert.AreEqual(ConfigurationStore.MinWriteInterval, store.UntilDue());
        _clock.Advance(59999);
        Assert.AreEqual(1, store.UntilDue());
        _clock.Advance(1);
        Assert.AreEqual(0, store.UntilDue());
    }

    [TestMethod]
    public void After_a_reboot_the_same_is_not_written_again()
    {
        Save(NewStore());
        ConfigurationStore store = NewStore();
        _storage.File = new FakeStoredFile(_storage.Written);
        Assert.IsTrue(store.TryLoad(NewReader()));
        store.MarkChanged();
        store.Save(_values, _buffer);
        Assert.AreEqual(1, _storage.Writes);
    }

    [TestMethod]
    public void The_defaults_need_no_file()
    {
        ConfigurationStore store = NewStore();
        store.MarkChanged();
        store.Save(Keys.Defaults(), _buffer);
        Assert.AreEqual(0, _storage.Writes);

        Save(store);
        store.Save(Keys.Defaults(), _buffer);
        Assert.AreEqual(2, _storage.Writes);
        Assert.IsNull(_storage.Written);
    }

    [TestMethod]
    public void A_write_that_failed_is_tried_again_in_a_minute()
    {
        ConfigurationStore store = NewStore();
        _storage.IsHealthy = false;
        Save(store);
        Assert.AreEqual(ConfigurationStore.MinWriteInterval, store.UntilDue());
        Assert.AreEqual(1, _log.CountOf("could not be stored"));
        _storage.IsHealthy = true;
        _clock.Advance(60000);
        Assert.AreEqual(0, store.UntilDue());
        store.Save(_values, _buffer);
        Assert.IsNotNull(_storage.Written);
        Assert.AreEqual(int.MaxValue, store.UntilDue());
    }

    private ConfigurationStore NewStore()
    {
        return new ConfigurationStore(_storage, _clock, Keys.Defaults(), new Logger(_log, new TimeKeeper(_clock)));
    }

    private static ConfigMapReader NewReader()
    {
        return new ConfigMapReader(Keys.Scope(), Keys.Defaults(), Keys.NewValues(), new byte[ConfigMapReader.MinBufferBytes]);
    }

    private void Save(ConfigurationStore store)
    {
        if (_storage.Writes == 0)
        {
            for (int i = 0; i < ConfigurationKeys.Count; i++)
            {
                ConfigurationKeys.Get(i).Copy(Keys.Defaults(), _values);
            }

            Assert.IsNull(Keys.Read("node.labels", "room=kitchen\nfloor=1", _values));
            Assert.IsNull(Keys.Read("node.annotations", Note, _values));
            Assert.IsNull(Keys.Read("memory_values", "0=0x42,1023=1", _values));
            Assert.IsNull(Keys.Read("gpio", "2=out:high\n3=out:low", _values));
            Assert.IsNull(Keys.Read("heartbeat.leaseSeconds", "2", _values));
        }

        store.MarkChanged();
        store.Save(_values, _buffer);
    }
}
