namespace Entente.Protocol.Tests;

/// <summary>Two invented nodes and what passes between them.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset At = new(2026, 11, 22, 2, 33, 37, 123, TimeSpan.Zero);
    public static readonly NodeId Rabat = NodeId.Parse("ma.interieur");
    public static readonly NodeId Madrid = NodeId.Parse("es.interior");
    public static readonly Keys RabatKeys = Keys.Create(Curve.P256);
    public static readonly Keys MadridKeys = Keys.Create(Curve.P256);

    public static Message Request(long seq = 1, string text = "Une vérification d'identité – تحقق من الهوية") =>
        new()
        {
            Id = Id(seq),
            Kind = Kinds.Request,
            From = Address.Parse("liaison@ma.interieur"),
            To = Address.Parse("liaison@es.interior"),
            Case = Id(1000),
            Sent = At,
            Subject = text,
            Language = "fr",
            Profile = new ProfileReference("eu-2023-977", "2024-12-12"),
            Classification = new Classification("ma-admin", "2026", 1, "Diffusion restreinte"),
            Handling = ["H1"],
            Purpose = "criminal-investigation",
            Basis = new Basis("Accord de coopération, exemple", "4"),
            Body = Ask().ToBody(),
            Subjects = [Protocol.Subject.Of(SubjectType.Person, ("name", "EXEMPLE Untel"), ("name", "مثال فلان"))],
            Seq = seq,
        };

    public static RequestBody Ask() =>
        new()
        {
            Domain = "document-fraud",
            Urgency = Urgency.Other,
            Justification = "Document d'exemple présenté au guichet d'exemple.",
            Questions = ["Le document est-il authentique ?"],
        };

    /// <summary>A fixed UUIDv7-shaped id that ends in the number.</summary>
    public static Guid Id(long number) => Guid.Parse($"0193a5b0-0000-7000-8000-{number:x12}");

    public static ReadOnlyMemory<byte>[] Lines(int count) =>
        [.. Enumerable.Range(1, count).Select(seq => (ReadOnlyMemory<byte>)Request(seq).ToLine())];

    public static SealedEnvelope Seal(params ReadOnlyMemory<byte>[] lines) =>
        Envelope.Seal(lines, Rabat, Madrid, 1, Hash.Zero, At, RabatKeys.Signing, MadridKeys.Public);

    public static Opened<OpenedEnvelope> Open(ReadOnlySpan<byte> jwe) =>
        Envelope.Open(jwe, MadridKeys.Agreement, RabatKeys.Verifier, Rabat, Madrid);

    public static LinkCard Card(NodeId node, Keys keys) =>
        new()
        {
            Node = node,
            Country = node.Country,
            Names = new Dictionary<string, string> { ["fr"] = "Autorité d'exemple", ["ar"] = "سلطة المثال" },
            Endpoint = $"https://{node}.example",
            Jwks = new JwkSet([keys.Signing.PublicJwk, keys.Agreement.PublicJwk]),
            Tls = new TlsPin(Hash.OfText("a certificate")),
            Issued = At,
            Expires = At.AddYears(1),
        };
}

internal sealed record Keys(
    SigningKey Signing,
    AgreementKey Agreement,
    VerificationKey Verifier,
    PublicAgreementKey Public
)
{
    public static Keys Create(Curve curve) => Of(SigningKey.Create(curve), AgreementKey.Create(curve));

    public static Keys Of(SigningKey signing, AgreementKey agreement) =>
        new(signing, agreement, signing.Verifier(), agreement.PublicKey());
}
