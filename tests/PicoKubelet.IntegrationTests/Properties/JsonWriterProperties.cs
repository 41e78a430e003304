using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.IntegrationTests.Properties;

[TestClass]
public class JsonWriterProperties
{
    private static readonly Gen<char> Unit = Gen.OneOf(
        Gen.Choose(0, 0x7F).Select(unit => (char)unit),
        Gen.Elements('"', '\\', '\u0080', '\u07FF', '\u0800', '\uD7FF', '\uE000', '\uFFFF'),
        Gen.Choose(0xD800, 0xDFFF).Select(unit => (char)unit));

    private static readonly Gen<string> Text = Gen.Choose(0, 12).SelectMany(length => Unit.ArrayOf(length)).Select(units => new string(units));

    [TestMethod]
    public void Dotnet_reads_what_was_written()
    {
        Gen<(string Name, string Value, long Number)> cases =
            from name in Text
            from value in Text
            from high in Gen.Choose(int.MinValue, int.MaxValue)
            from low in Gen.Choose(int.MinValue, int.MaxValue)
            select (name, value, ((long)high << 32) | (uint)low);

        JsonCheck.ForAll(
            cases,
            c =>
            {
                JsonWriter writer = new(new Utf8Writer(512));
                writer.BeginObject();
                writer.BeginArray(c.Name);
                writer.Value(c.Value);
                writer.Value(c.Number);
                writer.EndArray();
                writer.EndObject();

                using JsonDocument document = JsonDocument.Parse(writer.Output.Buffer.AsMemory(0, writer.Output.Length));
                JsonProperty member = document.RootElement.EnumerateObject().Single();
                Assert.AreEqual(WithoutLoneSurrogates(c.Name), member.Name);
                Assert.AreEqual(WithoutLoneSurrogates(c.Value), member.Value[0].GetString());
                Assert.AreEqual(c.Number, member.Value[1].GetInt64());
            });
    }

    [TestMethod]
    public void The_firmware_reads_what_was_written()
    {
        JsonCheck.ForAll(
            Text,
            text =>
            {
                JsonWriter writer = new(new Utf8Writer(128));
                writer.Value(text);

                JsonReader reader = new(5, 128);
                reader.Reset(new JsonPieces(writer.Output.Buffer[..writer.Output.Length], 3));

                Assert.AreEqual(JsonTrace.Representable(text), reader.ReadString(128));
                reader.ReadToEnd();
            });
    }

    [TestMethod]
    public void A_document_is_whole_or_overflowed_whatever_the_capacity()
    {
        Gen<(string Text, int Capacity)> cases =
            from text in Text
            from capacity in Gen.Choose(0, 60)
            select (text, capacity);

        JsonCheck.ForAll(
            cases,
            c =>
            {
                byte[] whole = Write(c.Text, 128, out _);
                byte[] content = Write(c.Text, c.Capacity, out bool overflowed);

                Assert.AreEqual(whole.Length > c.Capacity, overflowed);
                if (!overflowed)
                {
                    CollectionAssert.AreEqual(whole, content);
                }
            });
    }

    [TestMethod]
    public void Text_is_encoded_as_dotnet_does_or_left_out_whole()
    {
        Gen<(string Text, int Capacity)> cases =
            from text in Text
            from capacity in Gen.Choose(2, 40)
            select (text, capacity);

        JsonCheck.ForAll(
            cases,
            c =>
            {
                byte[] expected = Encoding.UTF8.GetBytes(c.Text);
                Utf8Writer writer = new(c.Capacity);
                writer.Reset(2);

                writer.Write(c.Text);

                Assert.AreEqual(expected.Length > c.Capacity - 2, writer.Overflowed);
                CollectionAssert.AreEqual(writer.Overflowed ? [] : expected, writer.Buffer[2..(2 + writer.Length)]);
            });
    }

    private static byte[] Write(string text, int capacity, out bool overflowed)
    {
        JsonWriter writer = new(new Utf8Writer(capacity));
        writer.BeginArray();
        writer.Value(text);
        writer.Value(text.Length);
        writer.EndArray();
        overflowed = writer.Output.Overflowed;
        return writer.Output.Buffer[..writer.Output.Length];
    }

    private static string WithoutLoneSurrogates(string text)
    {
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
    }
}
