namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>A signer of the cluster's, and what it signs for nodes. Source: pkg/apis/certificates and the controller manager's signers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usage">What the certificate is for; besides, it signs and enciphers keys.</param>
/// <param name="What">What it makes, for people.</param>
internal sealed record Signer(string Name, string Usage, string What)
{
    /// <summary>Gets the one for the certificate that a node signs in with.</summary>
    public static Signer Client { get; } = new("kubernetes.io/kube-apiserver-client-kubelet", "client auth", "client certificate");

    /// <summary>Gets the one for the certificate that a node's port shows.</summary>
    public static Signer Serving { get; } = new("kubernetes.io/kubelet-serving", "server auth", "serving certificate");
}
