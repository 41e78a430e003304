using nanoFramework.TestFramework;
using PicoKubelet.Tests.Pods;

namespace PicoKubelet.Tests.Programs;

/// <summary>A pod that runs devices.wat, and the calls that it makes for a test.</summary>
internal static class DeviceProgram
{
    public const int NotPermitted = 63;
    public const int InvalidArgument = 28;
    public const int InputOutput = 29;

    public const byte Watch = 1;
    public const byte Edges = 2;
    public const byte Wait = 3;
    public const byte Analog = 4;
    public const byte Pwm = 5;
    public const byte I2c = 6;
    public const byte Write = 7;
    public const byte Read = 8;
    public const byte Exit = 9;

    public const string Pin2 = "\"picokubelet.io/gpio-2\":\"1\"";
    public const string Address44 = "\"picokubelet.io/i2c-0x44\":\"1\"";

    public static PodHarness Run(string limits, string fields = "")
    {
        PodHarness pods = new PodHarness();
        string container = PodText.ContainerLimited(limits);
        pods.Run(PodText.Of(container.Substring(0, container.Length - 1) + fields + "}", ",\"restartPolicy\":\"Never\""), TestPrograms.Devices);
        return pods;
    }

    /// <summary>Has the pin be low or not, and looks, now and after a time.</summary>
    public static void Move(PodHarness pods, bool isLow, int milliseconds)
    {
        pods.Pins.LowPin = isLow ? 2 : -1;
        pods.Inputs.Look();
        pods.Clock.Advance(milliseconds);
        pods.Inputs.Look();
    }

    public static void Begin(PodHarness pods, byte function, int a, int b, int c)
    {
        int[] arguments = new int[] { a, b, c };
        for (int i = 0; i < 3; i++)
        {
            pods.Context.Cells[(2 * i) + 2] = (byte)arguments[i];
            pods.Context.Cells[(2 * i) + 3] = (byte)(arguments[i] >> 8);
        }

        pods.Context.Cells[0] = function;
    }

    public static int End(PodHarness pods)
    {
        for (int i = 0; i < 8 && pods.Context.Cells[0] != 0; i++)
        {
            pods.Workloads.Step();
            pods.Clock.Advance(i == 0 ? 0 : 1);
        }

        Assert.AreEqual(0, Cell(pods, 0));
        return ResultOf(pods);
    }

    public static int Do(PodHarness pods, byte function, int a, int b = 0, int c = 0)
    {
        pods.Clock.Advance(1);
        Begin(pods, function, a, b, c);
        return End(pods);
    }

    public static int ResultOf(PodHarness pods)
    {
        return pods.Context.Cells[10] | (pods.Context.Cells[11] << 8) | (pods.Context.Cells[12] << 16) | (pods.Context.Cells[13] << 24);
    }

    /// <summary>Gets a memory cell.</summary>
    public static int Cell(PodHarness pods, int index)
    {
        return pods.Context.Cells[index];
    }
}
