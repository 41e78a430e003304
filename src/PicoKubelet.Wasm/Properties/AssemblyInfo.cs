using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("PicoKubelet.Wasm")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]

// The unit tests, on the PC and on the device.
[assembly: InternalsVisibleTo("PicoKubelet.Wasm.Tests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
