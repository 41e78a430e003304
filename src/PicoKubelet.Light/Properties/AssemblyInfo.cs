using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Light")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
