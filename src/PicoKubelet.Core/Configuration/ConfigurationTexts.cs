namespace PicoKubelet.Configuration;

/// <summary>What the keys are for people. Looked up in the code when it is asked for: as fields it would fill the heap for ever.</summary>
internal static class ConfigurationTexts
{
    private const string FromSettings = " of the device's settings";

    // Both tables are in the order of the keys.
    /// <summary>Gets the value without a key.</summary>
    public static string DefaultOf(string name)
    {
        return ConfigurationKeys.IndexOf(name) switch
        {
            0 => "`heartbeat.leaseSeconds`" + FromSettings + ", 10",
            1 => "`heartbeat.statusSeconds`" + FromSettings + ", 300",
            2 => "30",
            3 => "`logLevel`" + FromSettings + ", info",
            4 => "none",
            5 => "none",
            6 => "all cells 0",
            7 => "none",
            8 => "status",
            9 => "true",
            _ => "`kubelet.anonymousRead`" + FromSettings + ", false",
        };
    }

    /// <summary>Gets what a key does.</summary>
    public static string PurposeOf(string name)
    {
        return ConfigurationKeys.IndexOf(name) switch
        {
            0 => "Seconds between heartbeats.",
            1 => "Seconds between reports of a status that did not change.",
            2 => "Seconds between two looks at this ConfigMap, where it is not watched.",
            3 => "The lowest level that is logged.",
            4 => "Labels of the Node. One that leaves the ConfigMap leaves the Node; those that others set are not touched.",
            5 => "Annotations of the Node, treated like the labels.",
            6 => "The memory cells that `/pico/memory` shows. Cells that it does not name are 0.",
            7 => "Output pins. One that leaves the ConfigMap is set low.",
            8 => "What the LED shows.",
            9 => "Whether the node's port serves `/metrics`.",
            _ => "Whether the node's port may be read without a token.",
        };
    }
}
