namespace PicoKubelet.Enroll.Device;

/// <summary>What a gateway, deploy/proxy/gateway, knows of a board: two files of nginx's, by the port that stands for the board.</summary>
/// <param name="folder">The folder of the gateway's boards.</param>
/// <param name="name">The Node's name.</param>
internal sealed class GatewayFiles(SecretFolder folder, string name)
{
    private const string AddressEnd = ".address";

    private string AddressFile => name + AddressEnd;

    private string TokenFile => name + ".token";

    /// <summary>Makes sure that no other board has a port.</summary>
    /// <exception cref="EnrollException">One has, or the folder can not be used.</exception>
    public void RequireFree(int port)
    {
        folder.RequireOutsideGit();
        folder.RequireWritable();
        foreach (string file in folder.List(AddressEnd))
        {
            if (file != AddressFile && folder.Read(file).StartsWith($"{port} ", StringComparison.Ordinal))
            {
                throw new EnrollException($"port {port} of the gateway is {file[..^AddressEnd.Length]}'s: each board has one of its own");
            }
        }
    }

    /// <summary>Writes them.</summary>
    /// <param name="port">The gateway's port that stands for the board.</param>
    /// <param name="address">The board's own address and port.</param>
    /// <param name="token">The token that the board's port asks for.</param>
    /// <exception cref="EnrollException">They can not be written.</exception>
    public void Write(int port, string address, string token)
    {
        // nginx knows a variable by $ and a string's end by the quote; what else a token may hold stands for itself.
        if (token.Any(letter => letter is '"' or '$' or '\\'))
        {
            throw new EnrollException("kubelet.token: the gateway can not pass on one with a quote, a $ or a backslash");
        }

        folder.Write(TokenFile, $"{port} \"Bearer {token}\";\n");
        folder.Write(AddressFile, $"{port} {address};\n");
    }

    /// <summary>Deletes them.</summary>
    /// <exception cref="EnrollException">There are none, or they can not be deleted.</exception>
    public void Delete()
    {
        if (!folder.Has(AddressFile) && !folder.Has(TokenFile))
        {
            throw new EnrollException($"{name} is not in the gateway's folder {folder.Path}");
        }

        folder.Delete(AddressFile);
        folder.Delete(TokenFile);
    }
}
