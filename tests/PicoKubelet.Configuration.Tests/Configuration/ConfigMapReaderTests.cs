using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Tests.Node;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Configuration;

[TestClass]
public class ConfigMapReaderTests
{
    // 24 characters of three bytes.
    private const string Euros = "\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac"
        + "\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac";

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(1000)]
    public void Of_a_ConfigMap_the_version_and_the_data_are_kept(int pieceSize)
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(
            "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"317\",\"annotations\":{\"data\":\"{\\\"led\\\":1}\"},"
            + "\"managedFields\":[{\"f:data\":{\".\":{}}}]},\"data\":{\"led\":\"on\",\"node.labels\":\"room=kitchen\\r\\nfloor=1\\n\","
            + "\"memory_values\":\"0=\\u0030x42\"},\"binaryData\":{}}",
            pieceSize);

        Assert.AreEqual("317", harness.Reader.ResourceVersion);
        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.IsTrue(harness.Reader.Report.IsClean);
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
        Assert.AreEqual("room=kitchen\nfloor=1", Keys.Write("node.labels", harness.Reader.Values));
        Assert.AreEqual("0=66", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual("10", Keys.Write("heartbeat.leaseSeconds", harness.Reader.Values));
    }

    [TestMethod]
    public void The_order_does_not_matter()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read("{\"data\":{\"led\":\"on\"},\"metadata\":{\"resourceVersion\":\"x1\"},\"kind\":\"ConfigMap\"}");
        Assert.AreEqual("x1", harness.Reader.ResourceVersion);
        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
    }

    [TestMethod]
    [DataRow("{\"metadata\":{\"resourceVersion\":\"1\"}}")]
    [DataRow("{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":null}")]
    [DataRow("{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{}}")]
    public void Without_data_all_is_default(string document)
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(document);
        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.IsTrue(harness.Reader.Report.IsClean);
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            Assert.IsTrue(ConfigurationKeys.Get(i).AreSame(Keys.Defaults(), harness.Reader.Values), ConfigurationKeys.Get(i).Name);
        }
    }

    [TestMethod]
    public void What_is_refused_keeps_its_last_good_value_and_the_rest_is_taken()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"heartbeat.leaseSeconds\":\"soon\",\"memory_values\":\"0=1,1=1000\",\"node.labels\":\"a=1\\nb\",\"led\":\"on\",\"log.level\":7"));
        Assert.AreEqual("7", Keys.Write("heartbeat.leaseSeconds", harness.Reader.Values));
        Assert.AreEqual("5=5", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual("room=cellar", Keys.Write("node.labels", harness.Reader.Values));
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
        Assert.AreEqual(4, harness.Reader.Report.InvalidValues);
        string message = harness.Reader.Report.MakeMessage();
        Assert.StartsWith("heartbeat.leaseSeconds: \"soon\" must be a whole number from 1 to 20; memory_values: \"0=1,1=1000\" must be ", message);
        Assert.Contains("node.labels: \"a=1 b\" must be ", message);
        Assert.Contains("log.level: \"\" must be ", message);
        Assert.AreEqual("7", Keys.Write("heartbeat.leaseSeconds", harness.LastGood));
    }

    [TestMethod]
    public void Unknown_keys_are_named_and_change_nothing()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"colour\":\"blue\",\"led\":\"on\",\"LED\":{\"a\":[1]}"));
        Assert.AreEqual(0, harness.Reader.Report.InvalidValues);
        Assert.AreEqual(2, harness.Reader.Report.UnknownKeys);
        Assert.AreEqual("colour: is not a known key; LED: is not a known key", harness.Reader.Report.MakeMessage());
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
    }

    [TestMethod]
    public void Of_a_key_that_occurs_twice_the_last_counts()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"led\":\"on\",\"led\":\"blink:70\""));
        Assert.AreEqual("blink:70", Keys.Write("led", harness.Reader.Values));
        Assert.IsTrue(harness.Reader.Report.IsClean);
    }

    [TestMethod]
    public void A_value_that_does_not_fit_is_refused()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"memory_values\":\"" + new string(' ', 2049) + "\",\"led\":\"on\""));
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
        Assert.AreEqual("5=5", Keys.Write("memory_values", harness.Reader.Values));
        Assert.EndsWith("\" must be at most 2048 bytes", harness.Reader.Report.MakeMessage());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1000)]
    public void A_value_that_runs_over_the_cells_loses_them_and_no_others(int spare)
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness(spare);
        string tooLong = "\"metrics.enabled\":\"" + new string('x', 5000) + "\"";
        harness.Read(Document("\"memory_values\":\"0=1\"," + tooLong + ",\"led\":\"on\""));
        Assert.AreEqual("5=5", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
        Assert.AreEqual(2, harness.Reader.Report.InvalidValues);
        Assert.Contains("memory_values: is not taken beside a value that is far too long", harness.Reader.Report.MakeMessage());

        harness.Read(Document(tooLong + ",\"memory_values\":\"0=1\""));
        Assert.AreEqual("0=1", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual(1, harness.Reader.Report.InvalidValues);

        harness.Read(Document(tooLong));
        Assert.AreEqual("", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual(1, harness.Reader.Report.InvalidValues);
    }

    [TestMethod]
    public void A_value_that_runs_over_one_cell_loses_it()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"metrics.enabled\":\"" + new string('x', ConfigurationKeys.MaxValueBytes + 1) + "\""));
        Assert.AreEqual("", Keys.Write("memory_values", harness.Reader.Values));
    }

    [TestMethod]
    public void The_longest_value_leaves_the_cells_alone()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        string longest = new string(' ', ConfigurationKeys.MaxValueBytes);
        harness.Read(Document("\"memory_values\":\"0=1,1023=2\",\"metrics.enabled\":\"" + longest + "\""));
        Assert.AreEqual("0=1,1023=2", Keys.Write("memory_values", harness.Reader.Values));
        Assert.AreEqual(1, harness.Reader.Report.InvalidValues);
    }

    [TestMethod]
    public void Too_much_data_is_not_read_to_its_end()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        foreach (string key in new[] { "blob", "node.labels" })
        {
            string document = Document("\"led\":\"on\",\"" + key + "\":\"" + new string('x', 40000) + "\"");
            JsonReader json = new JsonReader(256, 64);
            json.Reset(new PiecewiseSource(document));
            Assert.ThrowsException(typeof(JsonException), () => harness.Reader.Read(json));
            Assert.IsTrue(harness.Reader.IsTooLarge);
            Assert.IsFalse(harness.Reader.IsComplete);
            Assert.AreEqual("317", harness.Reader.ResourceVersion);
            Assert.IsTrue(json.Position < 17000, json.Position.ToString());
        }

        harness.Read(Document("\"led\":\"on\""));
        Assert.IsFalse(harness.Reader.IsTooLarge);
        Assert.IsTrue(harness.Reader.IsComplete);
    }

    [TestMethod]
    public void Of_large_data_within_the_bound_all_is_read()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(Document("\"blob\":\"" + new string('x', 16000) + "\",\"led\":\"on\""));
        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
    }

    [TestMethod]
    public void What_follows_the_data_need_not_come_whole()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        string document = Document("\"led\":\"on\"");
        document = document.Substring(0, document.Length - 1) + ",\"binaryData\":{\"a\":\"" + new string('A', 40000) + "\"}}";
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource(document));
        Assert.ThrowsException(typeof(JsonException), () => harness.Reader.Read(json));
        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.IsFalse(harness.Reader.IsTooLarge);
        Assert.IsTrue(json.Position < 2000, json.Position.ToString());
        Assert.AreEqual("on", Keys.Write("led", harness.Reader.Values));
        Assert.StartsWith("a: is in binaryData", harness.Reader.Report.MakeMessage());
    }

    [TestMethod]
    [DataRow("{\"metadata\":{\"resourceVersion\":\"1\"},\"binaryData\":{\"led\":\"AA==\",\"x\":\"\"}}")]
    [DataRow("{\"binaryData\":{\"led\":\"AA==\",\"x\":\"\"},\"metadata\":{\"resourceVersion\":\"1\"}}")]
    [DataRow("{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{\"gpio\":\"\"},\"binaryData\":{\"led\":\"AA==\",\"x\":\"\"}}")]
    [DataRow("{\"binaryData\":{\"led\":\"AA==\",\"x\":\"\"},\"data\":{\"gpio\":\"\"},\"metadata\":{\"resourceVersion\":\"1\"}}")]
    public void A_key_whose_value_is_no_text_is_named(string document)
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        harness.Read(document);

        Assert.IsTrue(harness.Reader.IsComplete);
        Assert.AreEqual(2, harness.Reader.Report.UnknownKeys);
        Assert.AreEqual(
            "led: is in binaryData, which is not read: save the file as UTF-8; x: is in binaryData, which is not read: save the file as UTF-8",
            harness.Reader.Report.MakeMessage());
        Assert.AreEqual("status", Keys.Write("led", harness.Reader.Values));
    }

    [TestMethod]
    public void Of_much_binaryData_alone_no_more_is_read_than_of_data()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource("{\"metadata\":{\"resourceVersion\":\"317\"},\"binaryData\":{\"a\":\"" + new string('A', 40000) + "\"}}"));
        Assert.ThrowsException(typeof(JsonException), () => harness.Reader.Read(json));
        Assert.IsTrue(harness.Reader.IsTooLarge);
        Assert.IsFalse(harness.Reader.IsComplete);
        Assert.IsTrue(json.Position < 17000, json.Position.ToString());
    }

    [TestMethod]
    public void A_ConfigMap_that_is_cut_short_is_not_complete()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        string document = Document("\"led\":\"on\",\"memory_values\":\"1=1\"");
        for (int length = 0; length < document.Length - 1; length++)
        {
            JsonReader json = new JsonReader(256, 64);
            json.Reset(new PiecewiseSource(document.Substring(0, length)));
            Assert.ThrowsException(typeof(JsonException), () => harness.Reader.Read(json));
            Assert.IsFalse(harness.Reader.IsTooLarge);
        }
    }

    [TestMethod]
    public void The_message_has_an_end()
    {
        ConfigMapReaderHarness harness = new ConfigMapReaderHarness();
        string data = "";
        for (int i = 0; i < 40; i++)
        {
            data += "\"a-key-that-nobody-knows-and-that-is-too-long-to-be-told-whole-so-it-is-cut-" + i.ToString() + "\":\"x\",";
        }

        harness.Read(Document(data + "\"node.annotations\":\"" + Euros + "\""));
        string message = harness.Reader.Report.MakeMessage();
        Assert.IsTrue(message.Length <= ConfigurationReport.MaxMessageBytes, message.Length.ToString());
        Assert.EndsWith(" more", message);
        Assert.AreEqual(40, harness.Reader.Report.UnknownKeys);
        Assert.AreEqual(1, harness.Reader.Report.InvalidValues);

        harness.Read(Document("\"node.annotations\":\"" + Euros + "\""));
        Assert.StartsWith(
            "node.annotations: \"\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac...\" must",
            harness.Reader.Report.MakeMessage());
    }

    [TestMethod]
    public void A_second_data_that_is_cut_short_leaves_nothing_complete()
    {
        ConfigMapReader reader = new ConfigMapReader(Keys.Scope(), NodeHarness.NewSettings(), Keys.NewValues(), new byte[ConfigMapReader.MinBufferBytes]);
        string document = Document("\"memory_values\":\"0=1\"");
        document = document.Substring(0, document.Length - 1) + ",\"data\":{\"metrics.enabled\":\"" + new string('x', 5000);
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource(document));
        Assert.ThrowsException(typeof(JsonException), () => reader.Read(json));
        Assert.IsFalse(reader.IsComplete);
    }

    private static string Document(string data)
    {
        return "{\"metadata\":{\"resourceVersion\":\"317\"},\"data\":{" + data + "}}";
    }
}
