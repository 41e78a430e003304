using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("PicoKubelet.Pods")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]

// The unit tests, on the PC and on the device.
[assembly: InternalsVisibleTo("PicoKubelet.Pods.Tests")]
[assembly: InternalsVisibleTo("PicoKubelet.Programs.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
