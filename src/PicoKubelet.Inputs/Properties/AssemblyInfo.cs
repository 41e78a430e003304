using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Inputs")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
