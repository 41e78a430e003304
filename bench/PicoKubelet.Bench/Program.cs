using System.CommandLine;
using PicoKubelet.Bench.Cli;

// What was started is to be stopped, which takes a control plane some seconds; a second Ctrl-C does not wait for it.
return await BenchCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
