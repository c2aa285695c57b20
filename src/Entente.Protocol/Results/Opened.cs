using System.Diagnostics.CodeAnalysis;

namespace Entente.Protocol;

/// <summary>
/// What came out of bytes that someone else wrote: the value, or the refusal. Every reader of this library returns it,
/// and none throws, whatever the bytes are.
/// </summary>
/// <example><code>var opened = LinkCard.Open(jws); if (!opened.Ok) return opened.Refusal; use(opened.Value);</code></example>
public readonly struct Opened<T>
    where T : notnull
{
    private Opened(T value) => Value = value;

    private Opened(Refusal refusal) => Refusal = refusal;

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && Value is not null;

    /// <summary>For bytes of one's own making, where a refusal is a bug.</summary>
    public T Required() =>
        Ok ? Value : throw new InvalidOperationException($"Refused as {Refusal.Code}: {Refusal.Detail}");

    [SuppressMessage(
        "Usage",
        "CA2225",
        Justification = "The two ways to make a result; named alternatives add nothing."
    )]
    public static implicit operator Opened<T>(T value) => new(value);

    [SuppressMessage(
        "Usage",
        "CA2225",
        Justification = "The two ways to make a result; named alternatives add nothing."
    )]
    public static implicit operator Opened<T>(Refusal refusal) => new(refusal);
}
