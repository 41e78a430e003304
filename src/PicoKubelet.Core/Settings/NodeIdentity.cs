namespace PicoKubelet.Settings;

/// <summary>A node's client certificate, as the Node authorizer and the NodeRestriction admission know it.</summary>
public static class NodeIdentity
{
    /// <summary>The certificate's organization: the group of all nodes.</summary>
    public const string Group = "system:nodes";

    /// <summary>What stands before the Node's name in the certificate's common name.</summary>
    public const string UserPrefix = "system:node:";

    /// <summary>Checks that a board's settings fit its client certificate. One without a name of its own takes the certificate's.</summary>
    /// <param name="settings">The settings.</param>
    /// <exception cref="SettingsException">They do not; the message names the field and says why.</exception>
    public static void Check(DeviceSettings settings)
    {
        TlsIdentity identity = settings.ClientIdentity;
        if (identity == null)
        {
            return;
        }

        if (settings.HasToken)
        {
            throw new SettingsException("token", "must not be set beside clientCertificate: the board signs in with one of the two");
        }

        if (!settings.ApiServer.IsSecure)
        {
            throw new SettingsException("apiServer", "must begin with https:// where there is a clientCertificate, which nothing but TLS shows");
        }

        string user = identity.CommonName;
        if (user == null)
        {
            throw new SettingsException("clientCertificate", "has no common name, so it shows nobody");
        }

        if (!IsNode(identity))
        {
            return;
        }

        string name = user.Substring(UserPrefix.Length);
        if (settings.NodeName != null && settings.NodeName != name)
        {
            throw new SettingsException("clientCertificate", "is for another node than nodeName");
        }

        settings.NodeName = name;
    }

    /// <summary>Tells whether a certificate is a node's, which the cluster holds to its own objects, and not a person's or a program's.</summary>
    /// <param name="identity">The certificate.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsNode(TlsIdentity identity)
    {
        return identity.Organization == Group && identity.CommonName != null && identity.CommonName.StartsWith(UserPrefix);
    }
}
