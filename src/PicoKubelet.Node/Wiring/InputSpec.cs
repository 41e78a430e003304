using PicoKubelet.Hardware;
using PicoKubelet.Text;

namespace PicoKubelet.Wiring;

/// <summary>A digital input: <c>door=14 pull-down inverted debounce:100 event</c>.</summary>
public sealed class InputSpec : WiredSpec
{
    /// <summary>How long a level has to stay before it counts where the line does not say, milliseconds: contacts bounce for some 20.</summary>
    public const int DefaultDebounce = 50;

    /// <summary>The longest that a level may have to stay, milliseconds.</summary>
    public const int LongestDebounce = 10000;

    /// <summary>Initializes the input.</summary>
    /// <param name="name">The name.</param>
    /// <param name="pin">The pin's number.</param>
    public InputSpec(string name, int pin)
        : base(name)
    {
        Pin = pin;
    }

    /// <inheritdoc/>
    public override WiredKind Kind => WiredKind.Input;

    /// <summary>Gets the pin's number.</summary>
    public int Pin { get; }

    /// <summary>Gets what holds the level while nothing drives the pin.</summary>
    public PinPull Pull { get; init; }

    /// <summary>Gets whether it is on while the pin is low.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Gets how long a level has to stay before it counts, milliseconds.</summary>
    public int Debounce { get; init; } = DefaultDebounce;

    /// <summary>Gets whether each edge is told by an Event.</summary>
    public bool HasEvents { get; init; }

    /// <inheritdoc/>
    public override bool IsSameAs(WiredSpec other)
    {
        InputSpec input = (InputSpec)other;
        return Pin == input.Pin && Pull == input.Pull && IsInverted == input.IsInverted && Debounce == input.Debounce && HasEvents == input.HasEvents;
    }

    /// <inheritdoc/>
    public override void Write(Utf8Writer output)
    {
        output.Write(Pin);
        output.Write(Pull == PinPull.Up ? "" : Pull == PinPull.Down ? " pull-down" : " pull-none");
        output.Write(IsInverted ? " inverted" : "");
        if (Debounce != DefaultDebounce)
        {
            output.Write(" debounce:");
            output.Write(Debounce);
        }

        output.Write(HasEvents ? " event" : "");
    }
}
