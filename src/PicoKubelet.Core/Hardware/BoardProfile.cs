namespace PicoKubelet.Hardware;

/// <summary>What a kind of board reports of itself and what it can bear.</summary>
public sealed class BoardProfile
{
    // What a connection in service takes, docs/memory.md, and what is to be left for pods and for what requests allocate.
    private const int ConnectionHeap = 6900;
    private const int HeapBesideConnections = 32 * 1024;

    // What only a board with PSRAM has. A connection takes some 10 KB of it, and with TLS 42 KB of native heap on an ESP32.
    private const int SpareHeap = 256 * 1024;

    // More than any board has.
    private const int MaxI2cBuses = 4;

    // Some twenty lines, and some eighty.
    private const int LeastLogBytes = 2048;
    private const int MostLogBytes = 8192;

    internal BoardProfile(string name, string targetPrefix, string arch, string instanceType, string cpu, string memory, string storage, int heapBytes)
    {
        Name = name;
        TargetPrefix = targetPrefix;
        Arch = arch;
        InstanceType = instanceType;
        Cpu = cpu;
        Memory = memory;
        EphemeralStorage = storage;
        HeapBytes = heapBytes;
    }

    /// <summary>Gets the profile's name, such as <c>pico-w</c>.</summary>
    public string Name { get; }

    /// <summary>Gets how the names of the CLR's build targets for this board begin.</summary>
    public string TargetPrefix { get; }

    /// <summary>Gets the value of <c>kubernetes.io/arch</c>.</summary>
    public string Arch { get; }

    /// <summary>Gets the value of <c>kubernetes.io/os</c>.</summary>
    public string Os => "linux";

    /// <summary>Gets the value of <c>node.kubernetes.io/instance-type</c>.</summary>
    public string InstanceType { get; }

    /// <summary>Gets the capacity's <c>cpu</c>, a Kubernetes quantity.</summary>
    public string Cpu { get; }

    /// <summary>Gets the capacity's <c>memory</c>, a Kubernetes quantity: the board's RAM.</summary>
    public string Memory { get; }

    /// <summary>Gets the capacity's <c>ephemeral-storage</c>, a Kubernetes quantity: the flash that the firmware image leaves to files.</summary>
    public string EphemeralStorage { get; }

    /// <summary>Gets <see cref="EphemeralStorage"/> in bytes.</summary>
    public int StorageBytes => int.Parse(EphemeralStorage.Substring(0, EphemeralStorage.Length - 2)) * 1024;

    /// <summary>Gets the size of the managed heap that the board's firmware image leaves, in bytes.</summary>
    public int HeapBytes { get; }

    /// <summary>Gets the clock frequency of the cores, kHz: the data sheet's highest.</summary>
    public int CpuKilohertz { get; internal set; }

    /// <summary>Gets how many TCP sockets the board's runtime has in all, listeners among them.</summary>
    public int Sockets { get; internal set; } = 4;

    /// <summary>Gets the most connections to the kubelet's port that are in service at once; each costs a thread and its buffers.</summary>
    public int KubeletConnections { get; internal set; } = 1;

    /// <summary>Gets how many connections may wait to be taken: the sockets that the board's TCP has beyond those in service, the listener and the API client.</summary>
    public int KubeletBacklog { get; internal set; } = 1;

    /// <summary>Gets whether there are runtimes for the board that never open its storage, in which the first access to a file ends all.</summary>
    public bool HasUnsureStorage { get; internal set; }

    /// <summary>
    /// Gets whether the board's runtime can hold a static address. A Pico's starts DHCP whenever its radio starts and whenever it lost
    /// the network, whatever is configured (nf-interpreter, nf_lwipthread_wifi.c).
    /// </summary>
    public bool HoldsStaticAddress => TargetPrefix.StartsWith("ESP32");

    /// <summary>Gets whether the board has an LED that programs can reach.</summary>
    public bool HasLed => LedPin >= 0;

    /// <summary>Gets whether the board has a button that programs can read.</summary>
    public bool HasButton => ButtonPin >= 0;

    /// <summary>Gets the number of the pin that drives the usual development board's LED when high, or -1.</summary>
    public int LedPin { get; internal set; } = -1;

    /// <summary>Gets the number of the pin that the usual development board's button pulls low, or -1.</summary>
    public int ButtonPin { get; internal set; } = -1;

    /// <summary>Gets the pins that are free for use, as numbers and ranges: <c>2-22,26-28</c>.</summary>
    public string FreePins { get; internal set; } = "";

    /// <summary>Gets the pins of the analog channels from channel 0 on, as numbers and ranges.</summary>
    public string AnalogPins { get; internal set; } = "";

    /// <summary>Gets the pins of the I2C buses, data and clock of each, from <see cref="FirstI2cBus"/> on, as ranges.</summary>
    public string I2cPins { get; internal set; } = "";

    /// <summary>Gets the number of the first I2C bus, as the runtime counts them.</summary>
    public int FirstI2cBus { get; internal set; }

    /// <summary>Gets whether there is room for a connection, and its thread and buffers, that the node can do without.</summary>
    /// <param name="connections">How many the node has, its port's beside.</param>
    /// <param name="freeHeap">The managed heap that is free before it is made, in bytes.</param>
    /// <returns>Whether there is.</returns>
    public bool HasSpareConnection(int connections, long freeHeap)
    {
        // The listener has one too.
        return Sockets > 1 + connections + KubeletConnections && freeHeap >= SpareHeap;
    }

    /// <summary>Gets how many bytes of the board's own log are kept.</summary>
    /// <param name="heap">The managed heap, in bytes.</param>
    /// <returns>Bytes.</returns>
    public static int LogBytes(long heap)
    {
        return heap >= SpareHeap ? MostLogBytes : LeastLogBytes;
    }

    /// <summary>Gets how many connections to the kubelet's port are in service at once, beside those that the node needs itself.</summary>
    /// <param name="watches">Whether the ConfigMap is watched, on a connection of its own.</param>
    /// <param name="freeHeap">The managed heap that is free before they are made, in bytes.</param>
    /// <returns>1 at least.</returns>
    public int ConnectionsInService(bool watches, long freeHeap)
    {
        // The listener and the API client have one each.
        int free = Sockets - (watches ? 3 : 2);
        int connections = free < KubeletConnections ? free : KubeletConnections;

        // An ESP32 with PSRAM has megabytes, the same board without it less than a Pico W.
        while (connections > 1 && freeHeap - (connections * ConnectionHeap) < HeapBesideConnections)
        {
            connections--;
        }

        return connections;
    }

    /// <summary>Gets whether a pin is one of <see cref="FreePins"/>.</summary>
    /// <param name="pin">The pin's number.</param>
    /// <returns>Whether it is.</returns>
    public bool IsFreePin(int pin)
    {
        return pin >= 0 && Find(FreePins, pin, -1) == pin;
    }

    /// <summary>Gets the pin of an analog channel.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <returns>The pin's number, or -1 where the board has no such channel.</returns>
    public int AnalogPin(int channel)
    {
        return channel < 0 ? -1 : Find(AnalogPins, -1, channel);
    }

    /// <summary>Gets the data pin of an I2C bus; its clock is the pin after that.</summary>
    /// <param name="bus">The bus, as the runtime counts them.</param>
    /// <returns>The pin's number, or -1 where the board has no such bus.</returns>
    public int I2cDataPin(int bus)
    {
        return bus < FirstI2cBus || bus > FirstI2cBus + MaxI2cBuses ? -1 : Find(I2cPins, -1, (bus - FirstI2cBus) * 2);
    }

    /// <summary>Finds a number in a list of numbers and ranges, by itself or by its place.</summary>
    /// <returns>The number, or -1.</returns>
    private static int Find(string list, int number, int place)
    {
        if (list.Length == 0)
        {
            return -1;
        }

        foreach (string range in list.Split(','))
        {
            int dash = range.IndexOf('-');
            int first = int.Parse(dash < 0 ? range : range.Substring(0, dash));
            int last = dash < 0 ? first : int.Parse(range.Substring(dash + 1));
            if (number >= first && number <= last)
            {
                return number;
            }

            if (place >= 0 && place <= last - first)
            {
                return first + place;
            }

            place -= place >= 0 ? last - first + 1 : 0;
        }

        return -1;
    }
}
