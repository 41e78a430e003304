namespace PicoKubelet.Kubelet.Commands;

/// <summary>Makes the firmware read its ConfigMap now. It may block while it does.</summary>
/// <returns>Null where it was read and is in force, otherwise why not, in a few words.</returns>
public delegate string ReloadAction();
