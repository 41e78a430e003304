using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace PicoKubelet.Enroll.Kubernetes;

/// <summary>
/// Has the cluster sign a node's certificates: the key and the request are made here, the request is created in the node's own
/// name, which the signers ask for, and approved as whoever runs this.
/// </summary>
internal sealed class CertificateRequests
{
    private const string Group = "certificates.k8s.io";
    private const string NodesGroup = "system:nodes";

    private static readonly TimeSpan SignTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SignPoll = TimeSpan.FromMilliseconds(250);

    private readonly Kubectl _kubectl;
    private readonly string _name;
    private readonly CancellationToken _stop;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="kubectl">Runs kubectl.</param>
    /// <param name="name">The Node's name.</param>
    /// <param name="stop">Ends everything early.</param>
    public CertificateRequests(Kubectl kubectl, string name, CancellationToken stop)
    {
        _kubectl = kubectl;
        _name = name;
        _stop = stop;
    }

    private string User => "system:node:" + _name;

    /// <summary>Makes sure that whoever runs this may do all that <see cref="CreateAsync"/> does.</summary>
    /// <param name="signers">The signers that will be asked.</param>
    /// <exception cref="EnrollException">A right is missing; all that are, are named.</exception>
    public async Task RequireRightsAsync(IReadOnlyList<Signer> signers)
    {
        if (signers.Count == 0)
        {
            return;
        }

        AccessQuestion[] questions =
        [
            new("impersonate", "", "users", User),
            new("impersonate", "", "groups", NodesGroup),
            new("get", Group, "certificatesigningrequests"),
            new("update", Group, "certificatesigningrequests", Subresource: "approval"),
            .. signers.Select(signer => new AccessQuestion("approve", Group, "signers", signer.Name)),
        ];

        // All at once, answered in their order: each run of kubectl takes a while.
        string reviews = string.Join('\n', questions.Select(question => question.ToReview().ToJsonString()));
        KubectlOutput output = await _kubectl.RunAsync(reviews, _stop, "create", "--validate=false", "--filename", "-", "--output", "jsonpath={.status.allowed} ");
        string[] answers = output.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        AccessQuestion[] missing = [.. questions.Where((_, index) => answers.ElementAtOrDefault(index) != "true")];
        if (missing.Length > 0)
        {
            string rights = string.Join("; to ", missing.AsEnumerable());
            throw new EnrollException(
                $"the kubeconfig's user may not have a node's certificate made; it lacks the right to {rights}. An administrator has them; --identity token needs none of them");
        }
    }

    /// <summary>Has a certificate signed for a new key.</summary>
    /// <param name="signer">Who signs it.</param>
    /// <param name="names">The DNS names and IP addresses that it is for; none for a client's.</param>
    /// <exception cref="EnrollException">The cluster did not sign it.</exception>
    public async Task<NodeCertificate> CreateAsync(Signer signer, IReadOnlyList<string> names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string request = $"picokubelet-{_name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        await _kubectl.RunAsync(
            Manifest(request, signer, MakeRequest(key, names)), _stop,
            "create", "--filename", "-", "--as", User, "--as-group", NodesGroup, "--as-group", "system:authenticated");
        try
        {
            await _kubectl.RunAsync(_stop, "certificate", "approve", request);
            string certificate = await AwaitAsync(request, signer);
            using X509Certificate2 signed = X509Certificate2.CreateFromPem(certificate);
            using ECDsa? its = signed.GetECDsaPublicKey();
            return its?.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()) == true
                ? new NodeCertificate(certificate, key.ExportECPrivateKeyPem() + "\n")
                : throw new EnrollException($"what the cluster signed as the {signer.What} is not for the key that was made");
        }
        finally
        {
            await ForgetAsync(request);
        }
    }

    private string MakeRequest(ECDsa key, IReadOnlyList<string> names)
    {
        // The signers want exactly this subject.
        X500DistinguishedNameBuilder subject = new();
        subject.AddOrganizationName(NodesGroup);
        subject.AddCommonName(User);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        if (names.Count > 0)
        {
            SubjectAlternativeNameBuilder alternatives = new();
            foreach (string name in names)
            {
                if (IPAddress.TryParse(name, out IPAddress? address))
                {
                    alternatives.AddIpAddress(address);
                }
                else
                {
                    alternatives.AddDnsName(name);
                }
            }

            request.CertificateExtensions.Add(alternatives.Build());
        }

        return request.CreateSigningRequestPem();
    }

    private string Manifest(string request, Signer signer, string pem)
    {
        return new JsonObject
        {
            ["apiVersion"] = Group + "/v1",
            ["kind"] = "CertificateSigningRequest",
            ["metadata"] = new JsonObject
            {
                ["name"] = request,
                ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "picokubelet", ["app.kubernetes.io/instance"] = _name },
            },
            ["spec"] = new JsonObject
            {
                ["signerName"] = signer.Name,
                ["usages"] = new JsonArray("digital signature", "key encipherment", signer.Usage),
                ["request"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)),
            },
        }.ToJsonString();
    }

    private async Task<string> AwaitAsync(string request, Signer signer)
    {
        for (DateTime deadline = DateTime.UtcNow + SignTimeout; DateTime.UtcNow < deadline; await Task.Delay(SignPoll, _stop))
        {
            KubectlOutput output = await _kubectl.RunAsync(_stop, "get", "certificatesigningrequest", request, "--output", "json");
            JsonNode? status = JsonNode.Parse(output.Output)?["status"];
            if (status?["certificate"]?.GetValue<string>() is { Length: > 0 } certificate)
            {
                return Encoding.ASCII.GetString(Convert.FromBase64String(certificate));
            }

            JsonNode? failed = status?["conditions"]?.AsArray().FirstOrDefault(condition => condition?["type"]?.GetValue<string>() is "Failed" or "Denied");
            if (failed is not null)
            {
                throw new EnrollException($"the cluster refused the {signer.What}: {failed["message"]}");
            }
        }

        throw new EnrollException($"the cluster has not signed the {signer.What} in {SignTimeout.TotalSeconds:0} s: does its controller manager run the signer {signer.Name}?");
    }

    // The cluster deletes it within the hour all the same.
    private async Task ForgetAsync(string request)
    {
        try
        {
            await _kubectl.RunAsync(_stop, "delete", "certificatesigningrequest", request);
        }
        catch (EnrollException)
        {
        }
    }
}
