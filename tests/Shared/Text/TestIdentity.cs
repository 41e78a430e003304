namespace PicoKubelet.Tests.Text;

/// <summary>Certificates of a node and their keys, made for tests alone.</summary>
internal static class TestIdentity
{
    /// <summary>O=system:nodes, CN=system:node:pico-node-1; P-256; until 2049-12-31 23:59:58.</summary>
    public const string Certificate = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBPjCB5aADAgECAgISZzAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1rdWJlcm5l\n"
        + "dGVzLWNhMB4XDTI2MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OFowOTEVMBMGA1UE\n"
        + "CgwMc3lzdGVtOm5vZGVzMSAwHgYDVQQDDBdzeXN0ZW06bm9kZTpwaWNvLW5vZGUt\n"
        + "MTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNqdusWD/X/VIRVvQ8Cjq10nG29U\n"
        + "GaSMsikQ20ELgxbiO6IcrI9h+fg2pe9++s+7HoqExu0sDOCleyzP5Do0ZzcwCgYI\n"
        + "KoZIzj0EAwIDSAAwRQIhALKU8MQBzwn3OttwNzh/3wOkF9syG8qqR9Os00LQMOh6\n"
        + "AiAoXGohCx+fMg+jGa8zNi8cWlnslCBCh4cQkHMjkYyM1g==\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>Its key, as openssl writes it: SEC 1.</summary>
    public const string Key = "-----BEGIN EC PRIVATE KEY-----\n"
        + "MHcCAQEEIFppAPSB/NfDn7dhWLNwYqga/WxQhMuBfGT7VXvw1B66oAoGCCqGSM49\n"
        + "AwEHoUQDQgAE2p26xYP9f9UhFW9DwKOrXScbb1QZpIyyKRDbQQuDFuI7ohysj2H5\n"
        + "+Dal7376z7seioTG7SwM4KV7LM/kOjRnNw==\n"
        + "-----END EC PRIVATE KEY-----\n";

    /// <summary>The same in PKCS #8, as .NET writes it.</summary>
    public const string KeyInPkcs8 = "-----BEGIN PRIVATE KEY-----\n"
        + "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWmkA9IH818Oft2FY\n"
        + "s3BiqBr9bFCEy4F8ZPtVe/DUHrqhRANCAATanbrFg/1/1SEVb0PAo6tdJxtvVBmk\n"
        + "jLIpENtBC4MW4juiHKyPYfn4NqXvfvrPux6KhMbtLAzgpXssz+Q6NGc3\n"
        + "-----END PRIVATE KEY-----\n";

    /// <summary>Another key.</summary>
    public const string OtherKey = "-----BEGIN EC PRIVATE KEY-----\n"
        + "MHcCAQEEIJbhBQDx7GCLYQCtFrHFRKvvmFtMbBKIxKmS7Mui+U1eoAoGCCqGSM49\n"
        + "AwEHoUQDQgAEuc38Pm+L7gG/r2xqRffzXCrZIXzH4v5th+uadnz5ctRjiSqmEkz7\n"
        + "90uMHVgJ+Qw1sObUbI2W9E/UHPEYerf4TA==\n"
        + "-----END EC PRIVATE KEY-----\n";

    /// <summary>The same subject, with RSA of 2,048 bits; without an end: 9999-12-31.</summary>
    public const string RsaCertificate = "-----BEGIN CERTIFICATE-----\n"
        + "MIICzTCCAbWgAwIBAgICEmcwDQYJKoZIhvcNAQELBQAwGDEWMBQGA1UEAwwNa3Vi\n"
        + "ZXJuZXRlcy1jYTAgFw0yNjAxMDEwMDAwMDBaGA85OTk5MTIzMTIzNTk1OVowOTEV\n"
        + "MBMGA1UECgwMc3lzdGVtOm5vZGVzMSAwHgYDVQQDDBdzeXN0ZW06bm9kZTpwaWNv\n"
        + "LW5vZGUtMTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAJaO7++okiKX\n"
        + "ZkeFcTC3EGg65vKvGKxoBI9JL6NlrYsLQY1pbp2slM6bUHolim/f8HhoralVIeDC\n"
        + "M0KwDYjnjYe1ykp1TaqQx5ruYSkyGukuMTHjYOWBWAbfK1y0rPOA5P2ZJRFjHSMo\n"
        + "CAOx3lJdFB+fqjLd+T+yVzR5d2MU9clFpuFLS3HYDSeBNgfL9DKGn6owA7PC3S4D\n"
        + "zU2OUJJknReU/ksk0mGkrMVCS8/LmdBSCsrmC3myjm5nDy85p1+4mLF4e7aHRqU6\n"
        + "cZAb+FnGpMdSZvBQLlAZmMTtehL5gly6TnSBLapa7d4Q9ias7kY2YjwOqSSffsL5\n"
        + "ih9vz27tWdECAwEAATANBgkqhkiG9w0BAQsFAAOCAQEAMmzQCXVW1OCUrRmbJdqw\n"
        + "tOl00FWIEMiTnzx22+lIVpq498yiNiYBzONiDA3AieAs8URzqTKs3N+hmFZP3kBb\n"
        + "PPHv9Ee+0Ei5V0cNgi+TpknkvvtfPGHz6KrONyTbAnzm0BCfNPzKm7oq4nKbV7iY\n"
        + "oH8fBpwGpca0+p/4Ag10fX7DiTr04rLF32uNy6fSF9TPXhxaFm6OYe5V7r6W7ST/\n"
        + "Z2Ik5FtFg6e2KhoP3cl88kNDkXnkLBhd90Y4ALobs/BjnmnTJnJqQavc1TixWD4S\n"
        + "P62GvhL0DKresRpEDB/ZVg1IefW4uvV0YlpR7LXH0sNEOWXg4wnhCgEr7EgEZaUP\n"
        + "/g==\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>Its key: PKCS #1.</summary>
    public const string RsaKey = "-----BEGIN RSA PRIVATE KEY-----\n"
        + "MIIEowIBAAKCAQEAlo7v76iSIpdmR4VxMLcQaDrm8q8YrGgEj0kvo2WtiwtBjWlu\n"
        + "nayUzptQeiWKb9/weGitqVUh4MIzQrANiOeNh7XKSnVNqpDHmu5hKTIa6S4xMeNg\n"
        + "5YFYBt8rXLSs84Dk/ZklEWMdIygIA7HeUl0UH5+qMt35P7JXNHl3YxT1yUWm4UtL\n"
        + "cdgNJ4E2B8v0MoafqjADs8LdLgPNTY5QkmSdF5T+SyTSYaSsxUJLz8uZ0FIKyuYL\n"
        + "ebKObmcPLzmnX7iYsXh7todGpTpxkBv4Wcakx1Jm8FAuUBmYxO16EvmCXLpOdIEt\n"
        + "qlrt3hD2JqzuRjZiPA6pJJ9+wvmKH2/Pbu1Z0QIDAQABAoIBACu1X27CD3q/XVAS\n"
        + "K2QrITZBM17s+krC/9/hLVVQZWtiXyuAmj5oJeM9L8XmNCR6bMNoEFKCho1Lk7oe\n"
        + "hi9imbH2Ur3/BAcqdOhDoC1ngGyFnn6PNkgqnrWQAHSvdy5SEyiUVzCPB5x3OKxp\n"
        + "7NMYdokfvzd5Pa0CR1LSmJhJM3m0rqchNdEuNXBe0D8IZGGQze9moE77JM1I4JK9\n"
        + "064TKPCxnA+L/eMfAM4LIrZI26WYc2rJeihqal/X3KPWYfQ9W5BraGBjacdKv5+d\n"
        + "N2uxyHLwAs2fOx+h7Ub6744yeKwdC/iYGf9mbbnmZxruWolx7/kSGY7IkOl9+gjA\n"
        + "C5fk2AkCgYEA0Eq+3SEY3ywgSpbS7IqXDIEUsJSKFDqEnPzA15Okbpcq5mBhYh++\n"
        + "MkZutcA68DHnOaAOE4N9cl0ixbKfIEKZjbNiY4f7puKbN8GRBj4UgZtJhre2RUtJ\n"
        + "8o33+nxU2ecdilnItfGQDkuFGCd3jEVLlAk0Gzzug4dUvODIyOliKAcCgYEAuQr3\n"
        + "JTibkZHwj1Qdt4RYGiQe6F+EuryTpIU+8t/RtrKmJcmOHAMvz4up5D5lLRIat7hh\n"
        + "jKu8/0vttZcmi9CR7TuCj2X1AOXXPcH9u3DMNjcI7uRssMOeoggGLPwYeCWqOFzd\n"
        + "n4d8k021G4X72vE407OliDcMghubtlxqGGsBCWcCgYEAo2vxohdkpzy8vSjmplX6\n"
        + "OwJPlFeGmmZrQ6x/NOSO34HVU9kMrusO0+000X7X/zp4G1s7kA3bb84pCQmjFbGL\n"
        + "PoUezc6UIBStCariOQ6eEi4fGwaqiGWQyDCg/jNsc2aEY9cbxbyYdM7FxvS4NCLu\n"
        + "MGCkNDazQBj+4A5RGmkZ7SMCgYBYtgwUORZD7J5SaHYys+z041o59wkP6TYzCnpK\n"
        + "P8kveGg093L8tP5n1sIlHVCuEd7jMy75HKBoGEOm6gbdwqki/YOzMaMKwiW1gtoc\n"
        + "0Y/lce8DcFk3SSE09vnW+SjV+OCpUsQhJfgwOnHX9xzuMvUWcSqrqhCCE7BL9fQb\n"
        + "Lrl5gwKBgEegh9jAibs/Iu3OGeula9WxGOJ+5l4UnYZgx2VfUtNJ2H2HrKFBwsXw\n"
        + "mg7anwLGdyEKqldZedXXZsQDjxKySwqn/0T0PXancYbkFnI16Y0LFHH/gy/5oqST\n"
        + "GZqzcic/Ksuv110SzveWzDCNmBA4UrsgrHAKtowMarmH7YCV90Cn\n"
        + "-----END RSA PRIVATE KEY-----\n";

    /// <summary>The same subject, on the curve P-384.</summary>
    public const string WideCertificate = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBfDCCAQKgAwIBAgICEmcwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNa3ViZXJu\n"
        + "ZXRlcy1jYTAeFw0yNjAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NThaMDkxFTATBgNV\n"
        + "BAoMDHN5c3RlbTpub2RlczEgMB4GA1UEAwwXc3lzdGVtOm5vZGU6cGljby1ub2Rl\n"
        + "LTEwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAARcRO8OS7wIF4PZGzj52La4l964LaSX\n"
        + "vVmMF8LaTxcrwX1/s9SwGC7U+sG/c4EN+iouZSNLFQrY7FXdalCJ/i14zZSGGI82\n"
        + "fmpDKEj+LeJiLO9nIO7H4VLwRo60dn7vDGgwCgYIKoZIzj0EAwIDaAAwZQIxAPt8\n"
        + "T/P7RBRMplnRZrKW+gPh1C4LCLUVbfv9pim31F7AyA3Zqil2x1VeF5HFy0aynQIw\n"
        + "OO9OSJIFIzMH+/tqxZ8Fazy2eKdBNkIhExx44C0viv8JBzj3T50KW/owcljqdBFS\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>Its key.</summary>
    public const string WideKey = "-----BEGIN EC PRIVATE KEY-----\n"
        + "MIGkAgEBBDCnsgcmiZPMe+J4yFjSqTcMjCN9wLhH+56Sh6sgVaj3L0IblmFq0DGz\n"
        + "EU1DwWQlqMqgBwYFK4EEACKhZANiAARcRO8OS7wIF4PZGzj52La4l964LaSXvVmM\n"
        + "F8LaTxcrwX1/s9SwGC7U+sG/c4EN+iouZSNLFQrY7FXdalCJ/i14zZSGGI82fmpD\n"
        + "KEj+LeJiLO9nIO7H4VLwRo60dn7vDGg=\n"
        + "-----END EC PRIVATE KEY-----\n";

    /// <summary>O=system:masters, CN=kubernetes-admin, for the first key.</summary>
    public const string AdminCertificate = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBODCB4KADAgECAgISZzAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1rdWJlcm5l\n"
        + "dGVzLWNhMB4XDTI2MDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OFowNDEXMBUGA1UE\n"
        + "CgwOc3lzdGVtOm1hc3RlcnMxGTAXBgNVBAMMEGt1YmVybmV0ZXMtYWRtaW4wWTAT\n"
        + "BgcqhkjOPQIBBggqhkjOPQMBBwNCAATanbrFg/1/1SEVb0PAo6tdJxtvVBmkjLIp\n"
        + "ENtBC4MW4juiHKyPYfn4NqXvfvrPux6KhMbtLAzgpXssz+Q6NGc3MAoGCCqGSM49\n"
        + "BAMCA0cAMEQCIFJ71ZEcoOvoj0GMGUqz2RwMY7TdySoaVO43dzXkJ6Q2AiBIgcUX\n"
        + "sa1dVwzqvWoWXQ+a6p5G22copqQTObjTfVUhJw==\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>A CA's.</summary>
    public const string Authority = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBMTCB2aADAgECAgISZzAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1rdWJlcm5l\n"
        + "dGVzLWNhMB4XDTI2MDEwMTAwMDAwMFoXDTQ5MTIzMTAwMDAwMFowGDEWMBQGA1UE\n"
        + "AwwNa3ViZXJuZXRlcy1jYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNqdusWD\n"
        + "/X/VIRVvQ8Cjq10nG29UGaSMsikQ20ELgxbiO6IcrI9h+fg2pe9++s+7HoqExu0s\n"
        + "DOCleyzP5Do0ZzejEzARMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAw\n"
        + "RAIgapVASmD3pYaVFSXAtvVOv8W7jKawylh9Sp3r+CnU8YsCIF5Ip8933LfEi2a9\n"
        + "hBEgLKRQ5Odbun6y50cssx3i7q0w\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>A server's, that the CA signed.</summary>
    public const string Leaf = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBMTCB16ADAgECAgISZzAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1rdWJlcm5l\n"
        + "dGVzLWNhMB4XDTI2MDEwMTAwMDAwMFoXDTQ5MTIzMTAwMDAwMFowGTEXMBUGA1UE\n"
        + "AwwOa3ViZS1hcGlzZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATanbrF\n"
        + "g/1/1SEVb0PAo6tdJxtvVBmkjLIpENtBC4MW4juiHKyPYfn4NqXvfvrPux6KhMbt\n"
        + "LAzgpXssz+Q6NGc3oxAwDjAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYC\n"
        + "IQCTrwgn7nY9I/eIE5FbpTvAbD+1Gb0YoHbt522LxZjAqAIhAOAwAZwsIukpGoDF\n"
        + "sW35rk3FvbYbigdxDhhjIaK6nEIr\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>A server's, that it signed itself.</summary>
    public const string SelfSigned = "-----BEGIN CERTIFICATE-----\n"
        + "MIIBMjCB2KADAgECAgISZzAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5rdWJlLWFw\n"
        + "aXNlcnZlcjAeFw0yNjAxMDEwMDAwMDBaFw00OTEyMzEwMDAwMDBaMBkxFzAVBgNV\n"
        + "BAMMDmt1YmUtYXBpc2VydmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2p26\n"
        + "xYP9f9UhFW9DwKOrXScbb1QZpIyyKRDbQQuDFuI7ohysj2H5+Dal7376z7seioTG\n"
        + "7SwM4KV7LM/kOjRnN6MQMA4wDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNJADBG\n"
        + "AiEA6m4ukSisruhnTtimytqhzvRUSheA6CkJ2lfgnOuJnjECIQCfOSrVQwjhs6EH\n"
        + "4fKKJ/X5PU3KOPTiLQ7p46/BZQvxvQ==\n"
        + "-----END CERTIFICATE-----\n";

    /// <summary>Writes a text as a JSON string holds it.</summary>
    public static string Quoted(string pem)
    {
        string quoted = "\"";
        foreach (char letter in pem)
        {
            quoted += letter == '\n' ? "\\n" : letter.ToString();
        }

        return quoted + "\"";
    }
}
