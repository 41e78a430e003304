using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.IntegrationTests.Properties;
using PicoKubelet.Outputs;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.IntegrationTests.Configuration;

/// <summary>What holds for every key and every text.</summary>
[TestClass]
public class ConfigurationProperties
{
    // Pieces of right values, so that many texts come near to one, and anything else.
    private static readonly string[] Pieces =
    [
        "0=1", "3=0x3", "room=kitchen", "2=out:high", "blink:500", "debug", "0", "1", "7", "20", "1023", "1024",
        "0x", "0x42", "ff", "-", "=", ",", ":", "\n", "\r\n", " ", "\t", "\0", "on", "off", "blink", "out", "high", "low",
        "door=4", "fan=4 duty:40", "t=0x48", " event", " debounce:5", " scale:-0.10", " unit:volts", " register:0x0F", " crc", "1.5",
        "true", "false", "info", "room", "kitchen", "kubernetes.io/", "example.com/", "/", ".", "_", "\"", "\\", "\u00e4", "\u20ac", "\U0001F600", "\uFEFF", "\u00a0",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements(Pieces),
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    private static readonly Gen<(int Key, string Text)> Values =
        from key in Gen.Choose(0, ConfigurationKeys.Count - 1)
        from text in Texts
        select (key, text);

    [TestMethod]
    public void No_text_whatever_makes_a_key_throw_and_what_is_taken_is_read_again_from_what_is_written()
    {
        int taken = 0;
        JsonCheck.ForAll(
            Values,
            value =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(value.Text);
                if (bytes.Length > ConfigurationKeys.MaxValueBytes)
                {
                    return;
                }

                ConfigurationKey key = ConfigurationKeys.Get(value.Key);
                ConfigurationValues values = NewValues();
                string? rule = Read(key, bytes, values);
                if (rule is not null)
                {
                    StringAssert.StartsWith(rule, "must ");
                    return;
                }

                taken++;
                Utf8Writer written = new(ConfigurationKeys.MaxValueBytes);
                key.Write(written, values);
                Assert.IsFalse(written.Overflowed);
                ConfigurationValues again = NewValues();
                Assert.IsNull(Read(key, written.Buffer.AsSpan(0, written.Length).ToArray(), again));
                Assert.IsTrue(key.AreSame(values, again));
            },
            20_000);

        // Otherwise the property says little.
        Assert.IsGreaterThan(500, taken);
    }

    [TestMethod]
    public void No_text_whatever_makes_the_message_too_long_or_more_than_a_line()
    {
        Gen<(int Key, string Text)[]> many = Values.ListOf().Select(list => list.ToArray());
        JsonCheck.ForAll(many, values =>
        {
            ConfigurationReport report = new();
            report.Clear();
            foreach ((int key, string text) in values)
            {
                ConfigurationText value = new(ConfigurationKeys.MaxValueBytes * 4);
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                bytes.CopyTo(value.Buffer, 0);
                value.Begin(bytes.Length);
                report.AddInvalid(ConfigurationKeys.Get(key).Name, value, "must be " + ConfigurationKeys.Get(key).Range);
            }

            string message = report.MakeMessage();
            Assert.IsTrue(Encoding.UTF8.GetByteCount(message) <= ConfigurationReport.MaxMessageBytes, message);
            Assert.IsFalse(message.Any(char.IsControl) && message.Any(c => c < ' '), message);
        });
    }

    [TestMethod]
    public void The_documentation_shows_all_keys_and_their_rules()
    {
        string page = File.ReadAllText(Support.Repository.PathOf("docs/configuration.md"));
        string[] documented = [.. page.Split('\n')
            .Select(line => line.Split(" | "))
            .Where(cells => cells.Length == 5 && cells[0].StartsWith("| `", StringComparison.Ordinal))
            .Select(cells => $"{cells[0]}: {cells[2]}")];
        string[] expected =
        [
            .. Enumerable.Range(0, ConfigurationKeys.Count).Select(ConfigurationKeys.Get).Select(key => $"| `{key.Name}`: {key.Range}"),
            $"| `{ConfigurationKeys.ProgramPrefix}NAME`: {ConfigurationKeys.ProgramRange}",
        ];
        CollectionAssert.AreEqual(expected, documented, string.Join('\n', expected));
    }

    private static ConfigurationValues NewValues()
    {
        return new ConfigurationValues(new byte[MemoryCells.Count]);
    }

    private static string? Read(ConfigurationKey key, byte[] bytes, ConfigurationValues values)
    {
        ConfigurationText text = new(ConfigurationKeys.MaxValueBytes);
        bytes.CopyTo(text.Buffer, 0);
        text.Begin(bytes.Length);
        return key.Read(text, values, new ConfigurationScope(new AllPins(), new Labels(0)) { Peripherals = new SimulatedPeripherals("ESP32_REV3") });
    }

    private sealed class AllPins : IPins
    {
        public bool IsButtonHeld => false;

        public bool HasLed => true;

        public bool IsFree(int pin) => true;

        public void Write(int pin, bool isHigh)
        {
        }

        public bool Read(int pin, PinPull pull) => true;

        public void WriteLed(bool isOn)
        {
        }
    }
}
