using System.Text;
using PicoKubelet.Configuration;
using PicoKubelet.Hardware;
using PicoKubelet.Outputs;
using PicoKubelet.Json;
using PicoKubelet.Settings;
using PicoKubelet.Text;
using PicoKubelet.VirtualBoard.Adapters;

namespace PicoKubelet.Bench.Fuzzing;

/// <summary>The ConfigMap: what it holds is in its range or refused with a reason, and what is taken can be stored and read again.</summary>
internal sealed class ConfigMapTarget : FuzzTarget
{
    private const int TokenBytes = 512;

    private readonly Pieces _pieces = new();
    private readonly JsonReader _json = new(256, TokenBytes);
    private readonly ConfigurationValues _defaults = ConfigurationKeys.MakeDefaults(new DeviceSettings());
    private readonly ConfigMapReader _reader;
    private readonly Utf8Writer _output = new(64 * 1024);

    public ConfigMapTarget()
    {
        ConfigurationValues lastGood = new(new byte[MemoryCells.Count]);
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKeys.Get(i).Copy(_defaults, lastGood);
        }

        _reader = new ConfigMapReader(NewScope(), new DeviceSettings(), lastGood, new byte[ConfigMapReader.MinBufferBytes]);
    }

    public override string Name => "configmap";

    public override FuzzGrammar Grammar => FuzzGrammar.Json;

    public override int MaxAllocation => 8 * 1024;

    public override int MaxAllocationPerByte => 24;

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        ("""{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","namespace":"picokubelet","uid":"u","resourceVersion":"317","creationTimestamp":"2026-01-23T10:30:00Z","managedFields":"""u8
         + """[{"fieldsV1":{"f:data":{".":{}}}}]},"data":"""u8
         + """{"heartbeat.leaseSeconds":"10","heartbeat.statusSeconds":"300","configmap.pollSeconds":"30","log.level":"info","node.labels":"room=kitchen,"""u8
         + """example.com/a=b","node.annotations":"owner=me","memory_values":"0=0x42,1=7","gpio":"2=out:high","inputs":"door=14 event","i2c":"t=0x48 register:0x00 signed scale:0.5 unit:celsius","led":"blink:"""u8
         + """500","metrics.enabled":"true","kubelet.anonymousRead":"false"}}"""u8).ToArray(),
        """{"data":{"memory_values":"0=1","unknown":"x","led":"on"},"binaryData":{"a":"AAAA"},"metadata":{"resourceVersion":"9"}}"""u8.ToArray(),
        """{"metadata":{"resourceVersion":"1"}}"""u8.ToArray(),
    ];

    public override IReadOnlyList<byte[]> Dictionary { get; } =
    [
        .. Enumerable.Range(0, ConfigurationKeys.Count).Select(index => Encoding.UTF8.GetBytes(ConfigurationKeys.Get(index).Name)),
        .. new[]
        {
            "\"data\":{", "\"metadata\":{", "\"resourceVersion\":\"2\"", "resourceVersion", "data", "metadata", "0=1", "1023=255", "0=0xff", "1024=1",
            "0=256", "out:high", "in", "blink:50", "blink:99999", "on", "off", "debug", "true",
            "a=b", "kubernetes.io/hostname=x", "=", ",", "\\n", "\\u0000", "\\ud83d\\ude00", "\u20ac",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public override long Feed(byte[] input, int pieceSize)
    {
        _pieces.Reset(input, pieceSize);
        _json.Reset(_pieces);
        bool isRead = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _reader.Read(_json);
            _json.ReadToEnd();
        }
        catch (JsonException)
        {
            isRead = false;
        }

        string message = _reader.Report.IsClean ? "" : _reader.Report.MakeMessage();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        bool isJson = JsonOracle.IsJson(input);
        Require(!isRead || isJson, "takes what is no JSON");
        Require(isRead || !isJson || input.Length > 1024, "refuses JSON");
        Require(Encoding.UTF8.GetByteCount(message) <= ConfigurationReport.MaxMessageBytes, "a message that is too long: " + message);
        Require(!_reader.IsComplete || _reader.ResourceVersion is not null, "complete without a version");
        if (_reader.IsComplete)
        {
            Accepted++;
            CheckValues();
        }

        return allocated;
    }

    private void CheckValues()
    {
        for (int i = 0; i < ConfigurationKeys.Count; i++)
        {
            ConfigurationKey key = ConfigurationKeys.Get(i);
            _output.Reset();
            key.Write(_output, _reader.Values);
            Require(!_output.Overflowed && _output.Length <= ConfigurationKeys.MaxValueBytes, $"{key.Name}: written in {_output.Length} bytes");
            ConfigurationText text = new(ConfigurationKeys.MaxValueBytes);
            Array.Copy(_output.Buffer, text.Buffer, _output.Length);
            text.Begin(_output.Length);
            ConfigurationValues again = new(new byte[MemoryCells.Count]);
            if (!key.AreSame(_reader.Values, _defaults))
            {
                string? rule = key.Read(text, again, NewScope());
                Require(rule is null && key.AreSame(_reader.Values, again), $"{key.Name}: not read again: {rule}");
            }
        }
    }

    private static ConfigurationScope NewScope()
    {
        return new ConfigurationScope(new Pins(), new Labels(0)) { Peripherals = new SimulatedPeripherals("PICO_RP2040_W") };
    }

    private sealed class Pins : IPins
    {
        public bool HasLed => true;

        public bool IsButtonHeld => false;

        public bool IsFree(int pin) => pin is >= 0 and <= 22;

        public void Write(int pin, bool isHigh)
        {
        }

        public bool Read(int pin, PinPull pull) => true;

        public void WriteLed(bool isOn)
        {
        }
    }
}
