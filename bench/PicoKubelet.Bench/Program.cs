using PicoKubelet.Bench.Cli;

return await BenchCommand.Create().Parse(args).InvokeAsync();
