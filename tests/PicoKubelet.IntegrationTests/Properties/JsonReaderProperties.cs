using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PicoKubelet.Json;

namespace PicoKubelet.IntegrationTests.Properties;

[TestClass]
public class JsonReaderProperties
{
    private static readonly Gen<(byte[] Document, int Piece, int Block)> Streamed =
        from document in JsonCases.Any
        from piece in Gen.Choose(1, 9)
        from block in Gen.Choose(1, 9)
        select (document, piece, block);

    [TestMethod]
    public void Agrees_with_dotnet_on_every_document_however_it_is_cut()
    {
        int accepted = 0;
        int refused = 0;
        JsonCheck.ForAll(
            Streamed,
            c =>
            {
                string? expected = JsonTrace.DotNet(c.Document);
                string? actual = JsonTrace.Firmware(c.Document, c.Piece, c.Block);
                Assert.AreEqual(expected, actual, Describe(c.Document));
                _ = expected == null ? refused++ : accepted++;
            },
            8_000);

        // Otherwise the property says little.
        Assert.IsGreaterThan(2_000, accepted);
        Assert.IsGreaterThan(2_000, refused);
    }

    [TestMethod]
    [DataRow(64, true)]
    [DataRow(65, false)]
    public void Agrees_with_dotnet_on_the_depth(int depth, bool accepted)
    {
        byte[] document = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

        Assert.AreEqual(accepted, JsonTrace.DotNet(document) != null);
        Assert.AreEqual(accepted, JsonTrace.Firmware(document, 7, 7) != null);
    }

    [TestMethod]
    public void Finds_the_same_fault_whatever_is_skipped()
    {
        JsonCheck.ForAll(
            Streamed,
            c =>
            {
                JsonReader reader = new(c.Block, 4);
                string read = Outcome(reader, c.Document, c.Piece, () =>
                {
                    while (reader.Read() != JsonToken.End)
                    {
                    }
                });

                Assert.AreEqual(read, Outcome(reader, c.Document, c.Piece, reader.ReadToEnd), Describe(c.Document));
                Assert.AreEqual(read, Outcome(reader, c.Document, c.Piece, () =>
                {
                    reader.Skip();
                    reader.ReadToEnd();
                }), Describe(c.Document));
            });
    }

    [TestMethod]
    public void Any_calls_on_any_bytes_end_and_throw_nothing_but_JsonException()
    {
        Gen<(byte[] Document, int Token, int[] Calls)> cases =
            from document in JsonCases.Any
            from token in Gen.Choose(0, 9)
            from calls in Gen.Choose(0, 12).ArrayOf(40)
            select (document, token, calls);

        JsonCheck.ForAll(
            cases,
            c =>
            {
                JsonReader reader = new(5, c.Token);
                reader.Reset(new JsonPieces(c.Document, 3));
                foreach (int call in c.Calls)
                {
                    try
                    {
                        Call(reader, call);
                    }
                    catch (Json.JsonException e)
                    {
                        Assert.IsInRange(0, c.Document.Length, e.Position);
                    }
                }
            },
            4_000);
    }

    [TestMethod]
    public void Keeps_the_longest_beginning_of_whole_characters()
    {
        Gen<(string Text, int Size)> cases =
            from parts in Gen.Elements("a", "é", "€", "😀").ArrayOf(6)
            from size in Gen.Choose(0, 26)
            select (string.Concat(parts), size);

        JsonCheck.ForAll(
            cases,
            c =>
            {
                JsonReader reader = new(7, c.Size);
                reader.Reset(new JsonPieces(Encoding.UTF8.GetBytes($"\"{c.Text}\""), 3));
                reader.Read();
                string kept = reader.GetString();
                int length = Encoding.UTF8.GetByteCount(kept);

                Assert.StartsWith(kept, c.Text);
                Assert.IsLessThanOrEqualTo(c.Size, length);
                Assert.AreEqual(kept != c.Text, reader.IsTruncated);
                if (reader.IsTruncated)
                {
                    int next = char.IsHighSurrogate(c.Text[kept.Length]) ? 2 : 1;
                    Assert.IsGreaterThan(c.Size, Encoding.UTF8.GetByteCount(c.Text[..(kept.Length + next)]));
                }
            });
    }

    private static void Call(JsonReader reader, int call)
    {
        switch (call)
        {
            case 0: reader.ReadName(); break;
            case 1: reader.NextElement(); break;
            case 2: reader.BeginObjectOrSkip(); break;
            case 3: reader.BeginArrayOrSkip(); break;
            case 4: reader.Skip(); break;
            case 5: reader.ReadString(2); break;
            case 6: reader.TryReadInt64(out _); break;
            case 7: reader.TryReadBoolean(out _); break;
            case 8: reader.NameIs("name"); reader.ValueIs("a"); break;
            case 9: reader.GetString(); reader.TryGetInt64(out _); break;
            default: reader.Read(); break;
        }
    }

    private static string Outcome(JsonReader reader, byte[] document, int piece, Action read)
    {
        reader.Reset(new JsonPieces(document, piece));
        try
        {
            read();
            return "accepted";
        }
        catch (Json.JsonException e)
        {
            return e.Message;
        }
    }

    private static string Describe(byte[] document)
    {
        return $"{Encoding.Latin1.GetString(document)} ({Convert.ToHexString(document)})";
    }
}
