using System.CommandLine;

namespace PicoKubelet.Bench.Cli;

/// <summary>What options must be, told before anything is measured.</summary>
internal static class OptionBounds
{
    /// <summary>Asks for a number that is not smaller than another.</summary>
    /// <returns>The option.</returns>
    public static Option<T> AtLeast<T>(this Option<T> option, T least)
        where T : IComparable<T>
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && value.CompareTo(least) < 0)
            {
                result.AddError($"{option.Name} must be at least {least}.");
            }
        });
        return option;
    }

    /// <summary>Asks for one of some words.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> OneOf(this Option<string?> option, Func<IEnumerable<string>> words)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && !words().Contains(value))
            {
                result.AddError($"{option.Name} must be one of {string.Join(", ", words())}.");
            }
        });
        return option;
    }
}
