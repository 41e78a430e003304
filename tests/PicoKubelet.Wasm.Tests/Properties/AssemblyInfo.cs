using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Wasm.Tests")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
