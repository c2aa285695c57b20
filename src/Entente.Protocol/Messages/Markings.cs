namespace Entente.Protocol;

/// <summary>The legal profile that the message was judged by.</summary>
public sealed record ProfileReference(string Id, string Version) : Extensible;

/// <summary>
/// A classification level is never a bare word: the same word changes rank between countries and years, so the scheme
/// and its version go with it. A higher rank is more sensitive; 0 is unclassified.
/// </summary>
public sealed record Classification(string Scheme, string Version, int Rank, string Marking) : Extensible;

/// <summary>How far the originator trusts the source and the information, in the words of a stated scale (4x4, 6x6).</summary>
public sealed record Evaluation(string Scale, string Source, string Information) : Extensible;

/// <summary>The instrument that the exchange rests on.</summary>
public sealed record Basis(string Instrument, string? Article = null) : Extensible;

/// <summary>The ground on which personal data may leave for a third country, and why it holds here.</summary>
public sealed record Transfer(string Ground, string Reason) : Extensible;
