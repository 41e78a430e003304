namespace PicoKubelet.Bench.Workloads.Programs;

/// <summary>The programs of the pods that everything else happens beside.</summary>
internal static class WellBehaved
{
    private const string Pico = "pico";
    private const int Second = 1000;
    private const int LongSleep = 600 * Second;

    /// <summary>Logs a number of six digits each second, one more each time.</summary>
    public static byte[] Counter { get; } = NewCounter();

    /// <summary>Computes without an end, and hears of nothing.</summary>
    public static byte[] Spinner { get; } = new ModuleWriter().Write(new CodeWriter().Loop().Get(0).Int32(1).Add().Set(0).Branch(0).End(), locals: 1);

    /// <summary>Sleeps until it is to end.</summary>
    public static byte[] Sleeper { get; } = NewSleeper(null, null);

    /// <summary>Says a word, and sleeps until it is to end.</summary>
    public static byte[] Saying(string word) => NewSleeper(null, word);

    /// <summary>Sets a pin to high, and sleeps until it is to end.</summary>
    public static byte[] Holding(int pin) => NewSleeper(pin, null);

    private static byte[] NewCounter()
    {
        const byte Position = 0;
        const int Last = 5;
        ModuleWriter module = new();
        int log = module.Import(Pico, "log", "ii:");
        int sleep = module.Import(Pico, "sleep_ms", "i:");
        int isToEnd = module.Import(Pico, "stop_requested", ":i");
        module.Data(0, "000000");
        CodeWriter code = new CodeWriter()
            .Loop()
            .Int32(Last).Set(Position)
            .Loop()
            .Get(Position).Get(Position).LoadByte().Int32(1).Add().StoreByte()
            .Get(Position).LoadByte().Int32('9').IsGreater()
            .If()
            .Get(Position).Int32('0').StoreByte()
            .Get(Position).Int32(1).Subtract().Set(Position)
            .Branch(1)
            .End()
            .End()
            .Int32(0).Int32(Last + 1).Call(log)
            .Int32(Second).Call(sleep)
            .Call(isToEnd).IsZero().BranchIf(0)
            .End();
        return module.Write(code, locals: 1);
    }

    private static byte[] NewSleeper(int? pin, string? word)
    {
        ModuleWriter module = new();
        int write = module.Import(Pico, "pin_write", "ii:i");
        int log = module.Import(Pico, "log", "ii:");
        int sleep = module.Import(Pico, "sleep_ms", "i:");
        int isToEnd = module.Import(Pico, "stop_requested", ":i");
        CodeWriter code = new();
        if (pin is { } number)
        {
            code.Int32(number).Int32(1).Call(write).Drop();
        }

        if (word is not null)
        {
            module.Data(0, word);
            code.Int32(0).Int32(word.Length).Call(log);
        }

        return module.Write(code.Loop().Int32(LongSleep).Call(sleep).Call(isToEnd).IsZero().BranchIf(0).End());
    }
}
