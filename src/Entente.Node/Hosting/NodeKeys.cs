using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Hosting;

/// <summary>
/// The node's private keys, loaded once: signing, key agreement, and the TLS certificate that it shows as a server and as
/// a client. On disk each is a standard encrypted file (PKCS#8, PKCS#12) whose password is the master key in base64.
/// </summary>
internal sealed class NodeKeys : IDisposable
{
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(2 * 365);

    // The password is 256 random bits: the iterations need not slow down a guesser.
    private static readonly PbeParameters Wrapping = new(
        PbeEncryptionAlgorithm.Aes256Cbc,
        HashAlgorithmName.SHA256,
        iterationCount: 2048
    );

    private readonly IReadOnlyDictionary<string, AgreementKey> _past;
    private readonly IReadOnlyDictionary<string, SigningKey> _pastSigning;

    private NodeKeys(
        (SigningKey Present, IEnumerable<SigningKey> Past) signing,
        (AgreementKey Present, IEnumerable<AgreementKey> Past) agreement,
        X509Certificate2 certificate
    )
    {
        Signing = signing.Present;
        Agreement = agreement.Present;
        _past = agreement.Past.ToDictionary(key => key.Kid, StringComparer.Ordinal);
        _pastSigning = signing.Past.ToDictionary(key => key.Kid, StringComparer.Ordinal);
        Certificate = certificate;
        CertificatePin = Hash.Of(certificate.RawDataMemory.Span);
    }

    public SigningKey Signing { get; }

    /// <summary>
    /// The signing key of that name, present or replaced: a replaced one repeats what it signed while its card was in force,
    /// and signs nothing new.
    /// </summary>
    public SigningKey? SigningOf(string kid) => kid == Signing.Kid ? Signing : _pastSigning.GetValueOrDefault(kid);

    /// <summary>All signing keys this node ever had.</summary>
    public IEnumerable<SigningKey> AllSigning => [Signing, .. _pastSigning.Values];

    /// <summary>What partners encrypt to, as our newest card says.</summary>
    public AgreementKey Agreement { get; }

    /// <summary>The key that this envelope is meant for: the present one, or one before it that is not forgotten yet.</summary>
    public AgreementKey AgreementFor(ReadOnlySpan<byte> jwe) =>
        Envelope.RecipientKid(jwe) is { } kid && _past.TryGetValue(kid, out var past) ? past : Agreement;

    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate's DER: what our card tells partners to expect.</summary>
    public Hash CertificatePin { get; }

    public static void Create(NodeHome home, NodeOptions options, MasterKey master, TimeProvider clock)
    {
        var password = Password(master);
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(home.SigningKeyFile, signing.ExportEncryptedPkcs8PrivateKey(password, Wrapping));
        using var agreement = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(home.AgreementKeyFile, agreement.ExportEncryptedPkcs8PrivateKey(password, Wrapping));
        using var certificate = SelfSigned(options, clock.GetUtcNow());
        PrivateFile.Write(home.TlsFile, certificate.ExportPkcs12(Wrapping, password));
    }

    /// <exception cref="NodeUnusable">A key file is damaged, or the master key is not the one it was made with.</exception>
    public static NodeKeys Load(NodeHome home, MasterKey master)
    {
        var password = Password(master);
        try
        {
            return new NodeKeys(
                (
                    ReadSigning(home.SigningKeyFile, password),
                    home.PastSigningKeyFiles.Select(file => ReadSigning(file, password))
                ),
                (
                    ReadAgreement(home.AgreementKeyFile, password),
                    home.PastAgreementKeyFiles.Select(file => ReadAgreement(file, password))
                ),
                X509CertificateLoader.LoadPkcs12(PrivateFile.Read(home.TlsFile), password)
            );
        }
        catch (CryptographicException e)
        {
            throw new NodeUnusable(
                $"The keys beside {home.SigningKeyFile} do not open: one is damaged, or the master key is not the one they were made with. Put back keys/ and the master key from one and the same backup.",
                e
            );
        }
    }

    /// <summary>
    /// Puts a fresh agreement key in the place of the present one, which stays beside it under its name. A node that runs
    /// does not know the new one until it is started again, and then issues a card that says so.
    /// </summary>
    /// <returns>The kid of the key that was replaced.</returns>
    public static string RenewAgreement(NodeHome home, MasterKey master)
    {
        var password = Password(master);
        using var present = ReadAgreement(home.AgreementKeyFile, password);
        // First the copy: whatever happens between the two, no key is lost.
        PrivateFile.Write(PastFile(home, present.Kid, "agreement"), PrivateFile.Read(home.AgreementKeyFile));
        using var fresh = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(home.AgreementKeyFile, fresh.ExportEncryptedPkcs8PrivateKey(password, Wrapping));
        return present.Kid;
    }

    /// <summary>
    /// The same for the signing key. The card that the node issues when it is started again is signed by both; no partner
    /// takes anything that the fresh key signs before its officers accepted that card.
    /// </summary>
    /// <returns>The kid of the key that was replaced.</returns>
    public static string RenewSigning(NodeHome home, MasterKey master)
    {
        var password = Password(master);
        using var present = ReadSigning(home.SigningKeyFile, password);
        PrivateFile.Write(PastFile(home, present.Kid, "signing"), PrivateFile.Read(home.SigningKeyFile));
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(home.SigningKeyFile, fresh.ExportEncryptedPkcs8PrivateKey(password, Wrapping));
        return present.Kid;
    }

    /// <summary>Deletes the agreement keys before the present one: nobody will ever open again what was encrypted to them.</summary>
    /// <returns>How many there were.</returns>
    public static int ForgetPastAgreements(NodeHome home)
    {
        string[] files = [.. home.PastAgreementKeyFiles];
        Array.ForEach(files, File.Delete);
        return files.Length;
    }

    public void Dispose()
    {
        foreach (var past in _past.Values)
        {
            past.Dispose();
        }

        foreach (var past in _pastSigning.Values)
        {
            past.Dispose();
        }

        Signing.Dispose();
        Agreement.Dispose();
        Certificate.Dispose();
    }

    private static string PastFile(NodeHome home, string kid, string use) =>
        Path.Combine(Path.GetDirectoryName(home.AgreementKeyFile)!, $"{use}-{kid}.p8"); // A file has a folder.

    private static SigningKey ReadSigning(string file, string password)
    {
        using var key = ECDsa.Create();
        key.ImportEncryptedPkcs8PrivateKey(password, PrivateFile.Read(file), out _);
        return SigningKey.ImportPkcs8(key.ExportPkcs8PrivateKey());
    }

    private static AgreementKey ReadAgreement(string file, string password)
    {
        using var key = ECDiffieHellman.Create();
        key.ImportEncryptedPkcs8PrivateKey(password, PrivateFile.Read(file), out _);
        return AgreementKey.ImportPkcs8(key.ExportPkcs8PrivateKey());
    }

    private static string Password(MasterKey master) => Convert.ToBase64String(master.Bytes);

    private static X509Certificate2 SelfSigned(NodeOptions options, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(options.Node);
        name.AddCountryOrRegion(options.Country);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        var host = new Uri(options.Link).IdnHost;
        if (System.Net.IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else if (host != "localhost")
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        // Server and client authentication: the same certificate is shown at both ends.
        OidCollection uses = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        // An hour back: partners' clocks differ.
        return request.CreateSelfSigned(now.AddHours(-1), now + CertificateLife);
    }
}
