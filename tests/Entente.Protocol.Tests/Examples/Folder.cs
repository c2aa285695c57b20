using System.Text;
using System.Text.Json.Nodes;

namespace Entente.Protocol.Tests;

/// <summary>docs/partner: the specification and its example files, as this repository has them.</summary>
internal static class Folder
{
    public static readonly string Partner = Find();
    public static readonly string Examples = Path.Combine(Partner, "examples");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Examples, name));

    /// <summary>A one-line artefact, without the line break that ends the file.</summary>
    public static string Line(string name) => Read(name).TrimEnd('\n');

    public static void Write(string name, string text)
    {
        Directory.CreateDirectory(Examples);
        // What is signed or hashed is kept byte for byte: a file of it has no line break at its end.
        var exact = Path.GetExtension(name) is ".card" or ".jws" or ".jwe" or ".line" || name == "evidence.json";
        File.WriteAllText(Path.Combine(Examples, name), exact ? text : text.TrimEnd('\n') + "\n");
    }

    /// <summary>The example keys: made once and kept, so that new examples verify under old cards.</summary>
    public static Keys KeysOf(string node)
    {
        var (signing, agreement) = ($"{node}.sig.jwk", $"{node}.enc.jwk");
        if (!File.Exists(Path.Combine(Examples, signing)))
        {
            Write(signing, PrivateKeys.ToJwk(SigningKey.Create()));
            Write(agreement, PrivateKeys.ToJwk(AgreementKey.Create()));
        }
        var (sig, sigD) = Private(signing);
        var (enc, encD) = Private(agreement);
        return Keys.Of(PrivateKeys.Signing(sig, sigD), PrivateKeys.Agreement(enc, encD));
    }

    private static (Jwk Key, string D) Private(string name)
    {
        var jwk = JsonNode.Parse(Read(name))!.AsObject();
        return (
            new Jwk((string)jwk["kty"]!, (string)jwk["crv"]!, (string)jwk["x"]!, (string)jwk["y"]!),
            (string)jwk["d"]!
        );
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Entente.slnx")))
            folder =
                Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        return Path.Combine(folder, "docs", "partner");
    }
}
