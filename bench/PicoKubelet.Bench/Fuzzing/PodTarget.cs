using System.Text;
using PicoKubelet.Json;
using PicoKubelet.Pods;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>A pod: taken with all that it needs to run, within its bounds, or refused with a reason.</summary>
internal sealed class PodTarget : FuzzTarget, IKnownPods
{
    private const int TokenBytes = 512;
    private const int MaxNameBytes = 253;
    private const int MaxReason = 600;

    private readonly Pieces _pieces = new();
    private readonly JsonReader _json = new(256, TokenBytes);
    private readonly PodReader _reader;

    public PodTarget()
    {
        _reader = new PodReader(this);
    }

    public override string Name => "pod";

    public override FuzzGrammar Grammar => FuzzGrammar.Json;

    public override int MaxAllocation => 24 * 1024;

    public override int MaxAllocationPerByte => 24;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        """
        {"kind":"Pod","apiVersion":"v1","metadata":{"name":"blink","namespace":"default","uid":"0f2c6ac0","resourceVersion":"812","labels":{"app":"blink"},
        "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"kind\":\"Pod\"}\n"}},"spec":{"volumes":[{"name":"app","configMap":{"name":"blink","defaultMode":420}},
        {"name":"kube-api-access-x","projected":{"sources":[{"serviceAccountToken":{"path":"token"}},{"configMap":{"name":"kube-root-ca.crt","items":[{"key":"a","path":"b"}]}}]}}],
        "containers":[{"name":"main","image":"picokubelet.io/wasm:1","command":["/app/blink.wasm"],"args":["--fast"],"env":[{"name":"A","value":"b"},
        {"name":"N","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels['app']"}}},{"name":"K","valueFrom":{"configMapKeyRef":{"name":"s","key":"k","optional":true}}}],
        "resources":{"limits":{"cpu":"250m","memory":"8Ki","picokubelet.io/gpio-4":"1"}},"volumeMounts":[{"name":"app","mountPath":"/app"},
        {"name":"kube-api-access-x","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],"restartPolicy":"OnFailure","terminationGracePeriodSeconds":5,
        "activeDeadlineSeconds":60,"runtimeClassName":"picokubelet","nodeName":"pico-1"},"status":{"phase":"Pending"}}
        """u8.ToArray(),
        """
        {"metadata":{"name":"b","namespace":"n","uid":"u","deletionTimestamp":"2026-01-23T10:31:00Z","deletionGracePeriodSeconds":30},"spec":{"runtimeClassName":"picokubelet",
        "volumes":[{"name":"v","configMap":{"name":"c"}}],"containers":[{"name":"a","image":"picokubelet.io/wasm","command":["/p"],"volumeMounts":[{"name":"v","mountPath":"/p","subPath":"k"}]},
        {"name":"b","image":"picokubelet.io/wasm","command":["/p"],"volumeMounts":[{"name":"v","mountPath":"/p","subPath":"l"}]}]},"status":{"phase":"Running","startTime":"2026-01-23T10:00:00Z",
        "conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"a","restartCount":3,"state":{"running":{"startedAt":null}}}]}}
        """u8.ToArray(),
        """
        {"metadata":{"name":"known","uid":"known"},"spec":{"containers":[{}]},"status":{"conditions":[{"status":"True","type":"Ready"}]}}
        """u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. new[]
        {
            "metadata", "spec", "status", "uid", "name", "namespace", "labels", "containers", "initContainers", "ephemeralContainers", "volumes", "volumeMounts", "mountPath", "subPath",
            "subPathExpr", "configMap", "items", "secret", "projected", "emptyDir", "hostPath", "command", "args", "env", "envFrom", "value", "valueFrom", "fieldRef", "fieldPath",
            "configMapKeyRef", "secretKeyRef", "resources", "limits", "memory", "cpu", "picokubelet.io/gpio-4", "picokubelet.io/gpio-64", "picokubelet.io/gpio-x", "1", "0", "8Ki", "1e3", "1E400m",
            "ports", "hostPort", "livenessProbe", "httpGet", "exec", "lifecycle", "preStop", "hostNetwork", "restartPolicy", "Never", "runtimeClassName", "picokubelet", "phase", "Failed",
            "deletionTimestamp", "containerStatuses", "restartCount", "/app/", "/", "\"command\":[\"/app/x\"],", "metadata.labels['", "']", "known", "\\u0000", "\\ud83d\\ude00", "\u20ac",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public bool IsKnown(string uid) => uid == "known";

    public override long Feed(byte[] input, int pieceSize)
    {
        _pieces.Reset(input, pieceSize);
        _json.Reset(_pieces);
        bool isRead = true;
        PodSpec? spec = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _reader.Read(_json);
            _json.ReadToEnd();
            spec = _reader.TakeSpec();
        }
        catch (JsonException)
        {
            isRead = false;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        bool isJson = JsonOracle.IsJson(input);
        Require(!isRead || isJson, "takes what is no JSON");
        Require(isRead || !isJson || input.Length > 1024, "refuses JSON");
        Require(!isRead || Bytes(_reader.Name) <= MaxNameBytes, "a name that is too long");
        Require(
            (_reader.RefusalReason is null) == (_reader.RefusalMessage is null) && Bytes(_reader.RefusalMessage) <= MaxReason,
            "a refusal without a message, or a long one: " + _reader.RefusalMessage);
        if (spec is not null)
        {
            Accepted++;
            Require(_reader.RefusalReason is null, "taken and refused");
            Check(spec);
        }

        return allocated;
    }

    private static void Check(PodSpec spec)
    {
        Require(spec.Containers.Length is > 0 and <= PodLimits.MaxContainers, "containers");
        Require(spec.GraceSeconds >= 0 && spec.ActiveDeadlineSeconds >= 0 && spec.MemoryBytes > 0, "numbers");
        foreach (ContainerSpec container in spec.Containers)
        {
            Require(container.Arguments.Length is > 0 and <= 24 && container.Arguments.All(argument => argument is not null && Bytes(argument) <= 128), "arguments");
            Require(container.IsImage ? container.Image.Length > 0 : container.ProgramConfigMap is not null && container.ProgramKey.Length > 0, "no program");
            Require(container.Environment.Length <= 12 && container.Environment.All(variable => Bytes(variable.Value) <= 256), "environment");
            Require(container.CpuThousandths >= 0 && container.MemoryBytes >= 2048, "limits");
        }
    }

    private static int Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
