using PicoKubelet.Enroll.Cli;
using PicoKubelet.Enroll.Kubernetes;

namespace PicoKubelet.Enroll;

/// <summary>Makes what a board signs in with, of one kind.</summary>
internal abstract class IdentityMaker
{
    /// <summary>Gets the kind.</summary>
    public abstract BoardIdentity Identity { get; }

    /// <summary>Gets what it is called.</summary>
    public abstract string Noun { get; }

    /// <summary>Gets the objects that stand for it in the cluster, for people.</summary>
    public abstract string Objects { get; }

    /// <summary>Finds the maker of a kind.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="identity">The kind.</param>
    /// <param name="kubectl">Runs kubectl.</param>
    /// <param name="objects">The board's objects.</param>
    /// <param name="report">Where it says what it did.</param>
    /// <param name="stop">Ends everything early.</param>
    public static IdentityMaker Choose(EnrollOptions options, BoardIdentity identity, Kubectl kubectl, BoardObjects objects, Report report, CancellationToken stop)
    {
        return identity == BoardIdentity.Node ? new NodeIdentityMaker(new CertificateRequests(kubectl, options.Name, stop), report) : new TokenMaker(options, objects, report);
    }

    /// <summary>Gets the signers that will be asked.</summary>
    public abstract IReadOnlyList<Signer> Signers { get; }

    /// <summary>Makes it.</summary>
    /// <exception cref="EnrollException">The cluster did not make it.</exception>
    public abstract Task<BoardCredentials> CreateAsync();

    /// <summary>Tells what becomes of those that were made before.</summary>
    public abstract void TellOfOld();
}
