using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Kubernetes;

namespace PicoKubelet.Enroll;

/// <summary>Has the cluster make a ServiceAccount's token.</summary>
/// <param name="options">The command line.</param>
/// <param name="objects">The board's objects.</param>
/// <param name="report">Where it says what it did.</param>
internal sealed class TokenMaker(EnrollOptions options, BoardObjects objects, Report report) : IdentityMaker
{
    /// <inheritdoc/>
    public override BoardIdentity Identity => BoardIdentity.Token;

    /// <inheritdoc/>
    public override string Noun => "token";

    /// <inheritdoc/>
    public override string Objects => "ServiceAccount, rights";

    /// <inheritdoc/>
    public override IReadOnlyList<Signer> Signers => [];

    /// <inheritdoc/>
    public override async Task<BoardCredentials> CreateAsync()
    {
        return BoardCredentials.Of(options.LongLivedToken ? await CreateLongLivedAsync() : await CreateExpiringAsync());
    }

    /// <inheritdoc/>
    public override void TellOfOld()
    {
        if (!options.LongLivedToken)
        {
            report.Warning("tokens made earlier hold until they expire; --remove, and then everything anew, ends them at once");
        }
    }

    private async Task<BoardToken> CreateLongLivedAsync()
    {
        BoardToken forever = await objects.CreateLongLivedTokenAsync();
        report.Done($"token of the Secret {Names.Namespace}/{options.Name}");
        report.Warning("this token never expires: whoever gets it has it until the Secret is deleted");
        return forever;
    }

    private async Task<BoardToken> CreateExpiringAsync()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        BoardToken token = await objects.CreateTokenAsync(options.TokenDuration);
        if (token.Expires is not { } expires)
        {
            report.Warning("the token does not say when it expires");
            return token;
        }

        report.Done($"token, which expires on {expires:yyyy-MM-dd HH:mm} UTC");
        if (token.IsShorterThan(options.TokenDuration, now))
        {
            report.Warning($"the cluster shortened the token's life to {GoDuration.Write(expires - now)}, of {options.TokenDuration}: renew it before with --rotate, or take --long-lived-token");
        }

        return token;
    }
}
