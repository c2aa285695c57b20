namespace Entente.Node.Features.Record;

/// <summary>An encounter that an officer accepted from a reading, ready to enter the record.</summary>
internal sealed record AcceptedEncounter
{
    /// <summary>`meeting`, `visit`, `call`, `signing`, `operation` or `statement`.</summary>
    public required string Kind { get; init; }

    /// <summary>ISO date, or null where the text gives none.</summary>
    public string? Date { get; init; }

    public string? Place { get; init; }

    /// <summary>ISO codes of all states that took part, our own too.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    public IReadOnlyList<string> Formats { get; init; } = [];

    public IReadOnlyList<AcceptedPerson> People { get; init; } = [];

    /// <summary>Services and ministries as the text names them.</summary>
    public IReadOnlyList<AcceptedBody> Bodies { get; init; } = [];

    public IReadOnlyList<string> Domains { get; init; } = [];

    public IReadOnlyList<AcceptedCommitment> Commitments { get; init; } = [];

    public IReadOnlyList<AcceptedInstrument> Instruments { get; init; } = [];

    public IReadOnlyList<AcceptedResult> Results { get; init; } = [];

    public required AcceptedSource Source { get; init; }

    /// <summary>The day the text is about: the encounter's, else its publication's.</summary>
    public string? DayOrPublished => Date ?? Source.Published;
}

/// <param name="Name">Latin script, no honorifics.</param>
/// <param name="Native">The spelling in another script, where the text has one.</param>
/// <param name="Role">`interior-minister`, `service-head`, …</param>
/// <param name="Side">ISO code of the state represented.</param>
/// <param name="Title">The post in the text's words; may be empty.</param>
internal sealed record AcceptedPerson(string Name, string? Native, string Role, string Side, string Title);

/// <param name="Country">ISO code, or null where the text does not tell whose service it is.</param>
internal sealed record AcceptedBody(string Name, string? Country);

/// <param name="Wording">The sentence that promises it.</param>
internal sealed record AcceptedCommitment(string Type, string Wording);

/// <param name="Status">`signed`, `adopted`, `existing`, `expected` or `proposed`.</param>
/// <param name="Date">As precise as known, or null.</param>
internal sealed record AcceptedInstrument(string Type, string Status, string? Date, string Title);

internal sealed record AcceptedResult(string Type, double? Amount, IReadOnlyList<string> Countries);

/// <param name="Reading">Id of the reading; one reading is a meeting's source at most once.</param>
internal sealed record AcceptedSource(string Reading, string Title, string Language, string? Published);
