using System.CommandLine;
using PicoKubelet.Bench.Costs;

RootCommand root = new("Measures and breaks PicoKubelet; each figure in docs/ comes from one of these commands.")
{
    CostsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
