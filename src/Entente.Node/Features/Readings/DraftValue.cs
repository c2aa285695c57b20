namespace Entente.Node.Features.Readings;

/// <summary>One value of a draft: what was read or entered, and the words it came from.</summary>
public sealed record DraftValue
{
    /// <summary>Unique in its draft: `v1`, `v2`, …; part of page addresses.</summary>
    public required string Id { get; init; }

    /// <summary>A key of <see cref="DraftFields"/>.</summary>
    public required string Field { get; init; }

    /// <summary>The value's parts by name; most fields have the single part `value`.</summary>
    public required IReadOnlyDictionary<string, string> Parts { get; init; }

    /// <summary>How often such a value proved right, 0 to 1; an officer's is 1.</summary>
    public required double Confidence { get; init; }

    public required IReadOnlyList<DraftSpan> Spans { get; init; }

    /// <summary>The knowledge entry that fired; empty for an officer's.</summary>
    public string Entry { get; init; } = "";

    public ValueOrigin Origin { get; init; }

    public bool Rejected { get; init; }

    /// <summary>What the reader had found, where an officer corrected it: a labelled example.</summary>
    public IReadOnlyDictionary<string, string>? Was { get; init; }

    public string Part(string name) => Parts.GetValueOrDefault(name, "");

    public string? PartOrNull(string name) => Part(name) is { Length: > 0 } text ? text : null;
}

/// <summary>A piece of the text in UTF-16 units.</summary>
public readonly record struct DraftSpan(int Start, int Length)
{
    public int End => Start + Length;
}

public enum ValueOrigin
{
    Read,
    Corrected,
    Added,
}
