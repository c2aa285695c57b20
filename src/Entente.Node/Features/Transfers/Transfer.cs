namespace Entente.Node.Features.Transfers;

/// <summary>What is documented of one message that left, in codes.</summary>
public sealed record Transfer
{
    public required string MessageId { get; init; }
    public required string CaseId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who disclosed it.</summary>
    public required string Actor { get; init; }
    public required string Partner { get; init; }
    public required string Country { get; init; }
    public required string ToUnit { get; init; }
    public required string Kind { get; init; }

    /// <summary>`eu-2023-977/2023-06-11#3 sha256:…`: the profile, the sender's version of the link's terms, the file signed.</summary>
    public required string Profile { get; init; }
    public required int Rank { get; init; }
    public required string Handling { get; init; }
    public string Domain { get; init; } = "";

    /// <summary>The instrument's id on this node.</summary>
    public string Basis { get; init; } = "";
    public string Article { get; init; } = "";

    /// <summary>Of a transfer to a third country, as a code of the profile.</summary>
    public string Ground { get; init; } = "";
    public string Data { get; init; } = "";
    public string Persons { get; init; } = "";

    /// <summary>Others' information in it: `node/message`.</summary>
    public string Origins { get; init; } = "";

    /// <summary>Every originator had agreed that it goes there.</summary>
    public bool Authorised { get; init; } = true;

    public IReadOnlyList<string> DataList => List(Data);

    public IReadOnlyList<string> PersonList => List(Persons);

    public IReadOnlyList<string> OriginList => List(Origins);

    public IReadOnlyList<string> HandlingList => List(Handling);

    private static IReadOnlyList<string> List(string codes) => codes.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal const string Columns = """
        f.message_id, f.case_id, f.at, f.actor, f.partner, f.country, f.to_unit, f.kind, f.profile, f.rank, f.handling,
        f.domain, f.basis, f.article, f.ground, f.data, f.persons, f.origins, f.authorised
        """;
}
