using System.Text;
using PicoKubelet.Json;
using PicoKubelet.Text;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>A device's heap has no room for what a loop leaves behind.</summary>
[TestClass]
public class JsonAllocations
{
    private const string Uid = "0b0c3f5e-5d1a-4c8e-9f57-3a1d2e4b6c70";

    [TestMethod]
    public void Reading_a_Node_allocates_the_kept_string_alone()
    {
        byte[] node = Encoding.UTF8.GetBytes(Node());
        Assert.IsGreaterThan(6 * 1024, node.Length);
        JsonReader reader = new(256, 64);
        Rewindable source = new(node);

        string? uid = ReadUid(reader, source);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            uid = ReadUid(reader, source);
        }

        long perDocument = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.AreEqual(Uid, uid);

        // A .NET string: 22 bytes and two a char, in steps of eight.
        Assert.IsLessThanOrEqualTo(104, perDocument);
    }

    [TestMethod]
    public void Writing_a_document_allocates_nothing()
    {
        JsonWriter writer = new(new Utf8Writer(1024));
        WriteStatus(writer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            WriteStatus(writer);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsFalse(writer.Output.Overflowed);
    }

    private static string? ReadUid(JsonReader reader, Rewindable source)
    {
        string? uid = null;
        source.Rewind();
        reader.Reset(source);
        if (reader.BeginObjectOrSkip())
        {
            while (reader.ReadName())
            {
                if (!reader.NameIs("metadata") || !reader.BeginObjectOrSkip())
                {
                    continue;
                }

                while (reader.ReadName())
                {
                    if (reader.NameIs("uid"))
                    {
                        uid = reader.ReadString(64);
                    }
                }
            }
        }

        reader.ReadToEnd();
        return uid;
    }

    private static void WriteStatus(JsonWriter writer)
    {
        writer.Reset(64);
        writer.BeginObject();
        writer.BeginObject("status");
        writer.BeginArray("conditions");
        for (int i = 0; i < 5; i++)
        {
            writer.BeginObject();
            writer.Property("type", "Ready");
            writer.Property("status", "True");
            writer.Property("message", "line\n\"quoted\" é 😀");
            writer.Property("count", long.MinValue);
            writer.Property("flag", true);
            writer.EndObject();
        }

        writer.EndArray();
        writer.EndObject();
        writer.EndObject();
    }

    /// <summary>A Node as an API server sends it, with the managedFields that make it large.</summary>
    private static string Node()
    {
        string fields = string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"k:{{\\\"type\\\":\\\"Condition{i}\\\"}}\":{{\"f:lastHeartbeatTime\":{{}},\"f:status\":{{}}}}"));
        return $$$$"""
            {"kind":"Node","apiVersion":"v1","metadata":{"name":"pico-node-1","uid":"{{{{Uid}}}}","resourceVersion":"4711",
            "creationTimestamp":null,"labels":{"kubernetes.io/hostname":"pico-node-1","uid":"not this one"},"managedFields":[{
            "manager":"picokubelet","operation":"Update","fieldsType":"FieldsV1","fieldsV1":{"f:status":{ {{{{fields}}}} } }}]},
            "spec":{"taints":[{"key":"picokubelet.io/no-pods","effect":"NoSchedule"}]},"status":{"capacity":{"cpu":"1","pods":"0"},
            "conditions":[{{{{string.Join(',', Enumerable.Repeat("{\"type\":\"Ready\",\"status\":\"True\",\"message\":\"pico é \\u00e9 \\ud83d\\ude00\"}", 20))}}}}],
            "images":null,"daemonEndpoints":{"kubeletEndpoint":{"Port":10250} } } }
            """;
    }

    private sealed class Rewindable(byte[] bytes) : IByteSource
    {
        private int _position;

        public void Rewind()
        {
            _position = 0;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            int length = Math.Min(count, bytes.Length - _position);
            Array.Copy(bytes, _position, buffer, offset, length);
            _position += length;
            return length;
        }
    }
}
