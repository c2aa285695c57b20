namespace Entente.Protocol;

/// <summary>
/// An envelope ready to leave. The sender keeps <see cref="Jwe"/> until its receipt and sends the same bytes again if
/// it must; <see cref="Sha256"/> is the next envelope's <c>prev</c>.
/// </summary>
public sealed record SealedEnvelope(byte[] Jwe, Hash Sha256, string BatchJws, Hash Root);
