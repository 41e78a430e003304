using System;
using PicoKubelet.Tests.Fakes;
using PicoKubelet.Tests.Programs;
using PicoKubelet.Text;

namespace PicoKubelet.Tests.Pods;

/// <summary>The storage of a board with a static pod, and its mirror as the API server sends it.</summary>
internal static class StaticPodText
{
    public const string File = "static-blink.json";
    public const string Program = "blink.wasm";
    public const string Volume = ",\"volumes\":[{\"name\":\"app\",\"hostPath\":{\"path\":\"/\"}}]";
    public const string Container =
        "{\"name\":\"main\",\"image\":\"picokubelet.io/wasm\",\"command\":[\"/app/blink.wasm\",\"--pi=3\"],"
        + "\"env\":[{\"name\":\"POD\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}],\"volumeMounts\":[{\"name\":\"app\",\"mountPath\":\"/app\"}]}";

    public static FakeFiles Files(string manifest)
    {
        FakeFiles files = new FakeFiles();
        files.Put("picokubelet.json", Bytes("{}"));
        files.Put(File, Bytes(manifest));
        files.Put(Program, Convert.FromBase64String(TestPrograms.Polite));
        return files;
    }

    public static byte[] Bytes(string text) => Utf8.Encoding.GetBytes(text);

    public static string Manifest() => Pod(",\"kind\":\"Pod\"");

    public static string Pod(string kind, string name = "\"name\":\"blink\"")
    {
        return "{\"apiVersion\":\"v1\"" + kind + ",\"metadata\":{" + name + ",\"namespace\":\"lab\",\"uid\":\"x\",\"labels\":{\"app\":\"blink\"},\n\"annotations\":{\"note\":\"a \\\"b\\\"\","
            + "\"kubernetes.io/config.mirror\":\"old\"}},\n\"spec\":{\"nodeName\":\"other\",\"runtimeClassName\":\"picokubelet\",\"containers\":[" + Container + "]" + Volume
            + ",\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}}\n";
    }

    public static string Mirror(string uid, string of, string metadata = "")
    {
        return "{\"metadata\":{\"name\":\"blink-pico-1\",\"namespace\":\"lab\",\"uid\":\"" + uid + "\",\"resourceVersion\":\"9\",\"annotations\":{\"kubernetes.io/config.mirror\":\"" + of
            + "\"}" + metadata + "},\"spec\":{\"nodeName\":\"pico-1\",\"runtimeClassName\":\"picokubelet\",\"containers\":[" + Container + "]" + Volume
            + "},\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}";
    }

    /// <summary>How often a text is part of another one.</summary>
    public static int CountOf(string text, string part)
    {
        int count = 0;
        int at = text.IndexOf(part);
        while (at >= 0)
        {
            count++;
            text = text.Substring(at + part.Length);
            at = text.IndexOf(part);
        }

        return count;
    }
}
