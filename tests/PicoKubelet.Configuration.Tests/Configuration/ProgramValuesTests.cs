using nanoFramework.TestFramework;
using PicoKubelet.Configuration;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Node;
using PicoKubelet.Tests.Text;

namespace PicoKubelet.Tests.Configuration;

/// <summary>The keys <c>program.NAME</c>, whose values are for programs of pods.</summary>
[TestClass]
public class ProgramValuesTests
{
    private const string Bytes64 = "0123456789012345678901234567890123456789012345678901234567890123";
    private const string Rule = "must be one line of at most 64 bytes, and NAME at most 32 of A-Z, a-z, 0-9, -, _ and ., at most 8 of them";

    [TestMethod]
    public void They_are_kept_without_white_space_at_their_ends()
    {
        ConfigMapReader reader = Read("\"program.limit\":\" 21.5\\n\",\"led\":\"on\",\"program.a-b_c.D9\":\"\u00e9" + Bytes64.Substring(2) + "\",\"program.none\":\"\"");
        Assert.IsTrue(reader.Report.IsClean, reader.Report.MakeMessage());
        Assert.AreEqual("limit=21.5 a-b_c.D9=\u00e9" + Bytes64.Substring(2) + " none=", TextOf(reader.Values));
        Assert.AreEqual("on", Keys.Write("led", reader.Values));
    }

    [TestMethod]
    [DataRow("program.limit", "a\\nb")]
    [DataRow("program.limit", Bytes64 + "4")]
    [DataRow("program.limit", "\\u0001a")]
    [DataRow("program.", "a")]
    [DataRow("program.-a", "a")]
    [DataRow("program.a/b", "a")]
    [DataRow("program.a23456789_123456789_123456789_123", "a")]
    public void What_breaks_the_rule_is_named_and_keeps_its_last_good_value(string key, string value)
    {
        ConfigMapReader first = Read("\"program.limit\":\"20\",\"program.gone\":\"1\"");
        ConfigMapReader reader = NewReader(first.Values, true);
        Read(reader, "\"" + key + "\":\"" + value + "\",\"program.new\":\"2\"");
        Assert.AreEqual(1, reader.Report.InvalidValues);
        Assert.EndsWith(Rule, reader.Report.MakeMessage());
        Assert.StartsWith(key + ": \"", reader.Report.MakeMessage());
        Assert.AreEqual(key == "program.limit" ? "limit=20 new=2" : "new=2", TextOf(reader.Values));
        Assert.AreEqual("limit=20 gone=1", TextOf(first.Values));
    }

    [TestMethod]
    public void A_ninth_is_refused_and_a_second_one_of_a_name_takes_the_place_of_the_first()
    {
        string eight = "";
        for (int i = 0; i < 8; i++)
        {
            eight += "\"program.p" + i.ToString() + "\":\"" + i.ToString() + "\",";
        }

        ConfigMapReader reader = Read(eight + "\"program.p8\":\"8\",\"program.p0\":\"again\"");
        Assert.AreEqual("program.p8: \"8\" " + Rule, reader.Report.MakeMessage());
        Assert.AreEqual("p0=again p1=1 p2=2 p3=3 p4=4 p5=5 p6=6 p7=7", TextOf(reader.Values));

        Read(reader, "");
        Assert.AreEqual("", TextOf(reader.Values));
    }

    [TestMethod]
    public void A_board_that_runs_no_programs_keeps_none_and_has_nothing_to_say()
    {
        ConfigMapReader reader = NewReader(Keys.Defaults(), false);
        Read(reader, "\"program.limit\":\"a\\nb\",\"led\":\"on\"");
        Assert.IsTrue(reader.Report.IsClean);
        Assert.AreEqual(0, reader.Values.Programs.Count);
        Assert.AreEqual("on", Keys.Write("led", reader.Values));
    }

    [TestMethod]
    public void They_are_stored_with_the_rest()
    {
        ConfigurationStoreHarness harness = new ConfigurationStoreHarness();
        ConfigurationStore store = harness.NewStore();
        store.MarkChanged();
        store.Save(Read("\"program.limit\":\"21.5\",\"program.word\":\"a \\\"b\\\"\"").Values, harness.Buffer);
        ConfigMapReader reader = NewReader(Keys.Defaults(), true);
        Assert.IsTrue(harness.NewStore().TryLoad(reader));
        Assert.IsTrue(reader.Report.IsClean);
        Assert.AreEqual("limit=21.5 word=a \"b\"", TextOf(reader.Values));
    }

    private static ConfigMapReader Read(string data)
    {
        ConfigMapReader reader = NewReader(Keys.Defaults(), true);
        Read(reader, data);
        return reader;
    }

    private static ConfigMapReader NewReader(ConfigurationValues lastGood, bool hasPrograms)
    {
        ConfigurationScope scope = new ConfigurationScope(new FakePins(), new Labels(1)) { Peripherals = new FakePeripherals(), HasPrograms = hasPrograms };
        return new ConfigMapReader(scope, NodeHarness.NewSettings(), lastGood, new byte[ConfigMapReader.MinBufferBytes]);
    }

    private static void Read(ConfigMapReader reader, string data)
    {
        JsonReader json = new JsonReader(256, 64);
        json.Reset(new PiecewiseSource("{\"metadata\":{\"resourceVersion\":\"1\"},\"data\":{" + data + "}}"));
        reader.Read(json);
        json.ReadToEnd();
    }

    private static string TextOf(ConfigurationValues values)
    {
        string text = "";
        for (int i = 0; i < values.Programs.Count; i++)
        {
            text += (i == 0 ? "" : " ") + values.Programs.Key(i) + "=" + values.Programs.Value(i);
        }

        return text;
    }
}
