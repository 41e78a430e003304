using YamlDotNet.Serialization;

namespace PicoKubelet.VirtualBoard.Clusters;

/// <summary>What an embedded cluster has from the start, as deploy/cluster gives it to others.</summary>
internal static class ClusterObjects
{
    /// <summary>Gets the RuntimeClass of pods for boards, JSON.</summary>
    public static string RuntimeClass
    {
        get
        {
            using var reader = new StreamReader(typeof(ClusterObjects).Assembly.GetManifestResourceStream("runtimeclass.yaml")!);
            object manifest = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(reader);
            return new SerializerBuilder().JsonCompatible().Build().Serialize(manifest);
        }
    }
}
