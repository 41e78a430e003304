using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Pods.Tests")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
