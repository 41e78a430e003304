using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Node")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
