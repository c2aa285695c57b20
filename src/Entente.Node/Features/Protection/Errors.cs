namespace Entente.Node.Features.Protection;

/// <summary>Why something asked of the protection did not happen. Each has a label `protection.error.CODE`.</summary>
public abstract record ProtectionError(string Code);

/// <summary>A name has at least two words: one alone would hold back messages about half a country.</summary>
public sealed record NameTooShort() : ProtectionError("name");

public sealed record OriginUnknown() : ProtectionError("origin");

/// <summary>There is none of that number.</summary>
public sealed record ProtectionUnknown() : ProtectionError("unknown");
