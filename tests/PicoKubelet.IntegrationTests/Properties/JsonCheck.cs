using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PicoKubelet.IntegrationTests.Properties;

/// <summary>Runs a property over the same cases each time.</summary>
internal static class JsonCheck
{
    public static void ForAll<T>(Gen<T> cases, Action<T> check, int count = 3000)
    {
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(8259), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(cases.ToArbitrary(), check));
    }
}
