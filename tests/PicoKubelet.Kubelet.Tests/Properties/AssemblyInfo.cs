using System.Reflection;

[assembly: AssemblyTitle("PicoKubelet.Kubelet.Tests")]
[assembly: AssemblyProduct("PicoKubelet")]
[assembly: AssemblyVersion("0.1.0.0")]
