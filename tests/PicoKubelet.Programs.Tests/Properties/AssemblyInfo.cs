using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Programs.Tests")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
