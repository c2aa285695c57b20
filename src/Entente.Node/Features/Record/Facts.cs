namespace Entente.Node.Features.Record;

/// <summary>What an officer may correct of a meeting.</summary>
internal sealed record MeetingFacts
{
    public const string Select = "SELECT id, kind, date, place FROM meeting WHERE id = @Id";

    public const string Update = """
        UPDATE meeting SET kind = @Kind, date = @Date, place = @Place,
            sort_date = COALESCE(@Date, sort_date)
        WHERE id = @Id
        """;

    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Date { get; init; }
    public string? Place { get; init; }

    public RecordRefusal? Refuse() =>
        !Codes.Kinds.Contains(Kind) ? RecordRefusal.BadCode
        : Date is not null && !PartialDate.TryDay(Date, out _) ? RecordRefusal.BadDate
        : null;
}

/// <summary>What an officer may correct of an instrument, or enter of a new one.</summary>
internal sealed record InstrumentFacts
{
    public const string Select = "SELECT id, type, status, title, date, ended FROM instrument WHERE id = @Id";

    public const string Update = """
        UPDATE instrument SET type = @Type, status = @Status, title = @Title, date = @Date, ended = @Ended,
            sort_date = COALESCE(@Date, '0000')
        WHERE id = @Id
        """;

    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string Status { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Date { get; init; }

    /// <summary>The day it ended or was replaced; null while it is in force.</summary>
    public string? Ended { get; init; }

    public RecordRefusal? Refuse() =>
        !Instruments.Types.Contains(Type) || !Instruments.Statuses.Contains(Status) ? RecordRefusal.BadCode
        : Title.Length is 0 or > 300 ? RecordRefusal.NoTitle
        : Date is not null && !PartialDate.IsValid(Date) ? RecordRefusal.BadDate
        : Ended is not null && !PartialDate.IsValid(Ended) ? RecordRefusal.BadDate
        : null;
}

/// <summary>What an officer may correct of an official.</summary>
internal sealed record OfficialFacts
{
    public const string Select = "SELECT id, name, native, folded FROM official WHERE id = @Id";

    public const string Update = "UPDATE official SET name = @Name, native = @Native, folded = @Folded WHERE id = @Id";

    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Native { get; init; }
    public string Folded { get; init; } = "";

    public RecordRefusal? Refuse() => Name.Length is 0 or > 200 ? RecordRefusal.NoTitle : null;
}

/// <summary>What an officer may correct of a commitment, or enter of a new one.</summary>
internal sealed record CommitmentFacts
{
    public const string Select = """
        SELECT id, type, wording, domain, due, indicator, target, rhythm, own_unit, partner_unit
        FROM commitment WHERE id = @Id
        """;

    public const string Update = """
        UPDATE commitment SET type = @Type, wording = @Wording, domain = @Domain, due = @Due, indicator = @Indicator,
            target = @Target, rhythm = @Rhythm, own_unit = @OwnUnit, partner_unit = @PartnerUnit
        WHERE id = @Id
        """;

    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string Wording { get; init; } = "";
    public string? Domain { get; init; }
    public string? Due { get; init; }
    public string? Indicator { get; init; }
    public int? Target { get; init; }
    public string? Rhythm { get; init; }
    public string? OwnUnit { get; init; }
    public string? PartnerUnit { get; init; }

    public RecordRefusal? Refuse() =>
        !Commitments.Types.Contains(Type) ? RecordRefusal.BadCode
        : Domain is not null && !Codes.Domains.Contains(Domain) ? RecordRefusal.BadCode
        : Wording.Length is 0 or > 1000 ? RecordRefusal.NoTitle
        : Due is not null && !PartialDate.TryDay(Due, out _) ? RecordRefusal.BadDate
        : null;
}
