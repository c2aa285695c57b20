using System.Text.Encodings.Web;
using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>What was promised, and what became of it.</summary>
internal static class Commitments
{
    // Letters as they are: it is read back by nobody but us.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly IReadOnlyList<string> States = ["open", "under-way", "done", "lapsed"];

    public static readonly IReadOnlyList<string> Types =
    [
        "information-exchange",
        "expertise-exchange",
        "operational-coordination",
        "joint-operations",
        "capacity-building",
        "training",
        "technical-support",
        "triangular-cooperation",
        "liaison-officers",
        "joint-committee",
        "joint-patrols",
        "follow-up-meeting",
        "new-instrument",
        "returns-readmission",
        "equipment",
        "raise-cooperation",
    ];

    /// <summary>A meeting promises each thing once, however many texts tell of it.</summary>
    public static async Task RecogniseAsync(
        Entry entry,
        AcceptedCommitment commitment,
        IReadOnlyList<string> partners,
        string meeting,
        string? day,
        CancellationToken cancellation
    )
    {
        const string known = "SELECT id FROM commitment WHERE meeting = @Meeting AND type = @Type";
        var found = await entry.Transaction.OneAsync<string>(
            known,
            new { Meeting = meeting, commitment.Type },
            cancellation
        );
        if (found is null)
        {
            var one = new NewCommitment(commitment.Type, commitment.Wording, null, null, meeting, null, day);
            await AddAsync(entry, one, partners, "reading", cancellation);
        }
    }

    public static async Task<string> AddAsync(
        Entry entry,
        NewCommitment one,
        IReadOnlyList<string> partners,
        string why,
        CancellationToken cancellation
    )
    {
        const string add = """
            INSERT INTO commitment
                (id, type, wording, domain, state, due, meeting, instrument, sort_date, created_at, created_by,
                clause, wordings, indicator, target, rhythm, own_unit, partner_unit)
            VALUES (@Id, @Type, @Wording, @Domain, 'open', @Due, @Meeting, @Instrument, @Sort, @At, @Actor,
                @Clause, @Wordings, @Indicator, @Target, @Rhythm, @OwnUnit, @PartnerUnit)
            """;
        const string with = "INSERT INTO commitment_partner (commitment, country) VALUES (@Id, @Country)";
        var id = one.Id ?? entry.NewId();
        await entry.Transaction.RunAsync(
            add,
            new
            {
                Id = id,
                one.Type,
                one.Wording,
                one.Domain,
                one.Due,
                one.Meeting,
                one.Instrument,
                Sort = PartialDate.SortKey(one.Day),
                entry.At,
                entry.Actor,
                one.Clause,
                Wordings = one.Wordings is null ? null : JsonSerializer.Serialize(one.Wordings, Json),
                one.Indicator,
                one.Target,
                one.Rhythm,
                one.OwnUnit,
                one.PartnerUnit,
            },
            cancellation
        );
        foreach (var country in partners)
        {
            await entry.Transaction.RunAsync(with, new { Id = id, Country = country }, cancellation);
        }

        entry.Collected("commitment", id, why);
        return id;
    }
}

/// <param name="Day">When it was promised: where it stands in the lists.</param>
internal sealed record NewCommitment(
    string Type,
    string Wording,
    string? Domain,
    string? Due,
    string? Meeting,
    string? Instrument,
    string? Day
)
{
    /// <summary>Given where both nodes know it by the same id.</summary>
    public string? Id { get; init; }

    /// <summary>The clause that promises it.</summary>
    public string? Clause { get; init; }

    /// <summary>The wording by language, where there is more than one.</summary>
    public IReadOnlyDictionary<string, string>? Wordings { get; init; }

    /// <summary>How it is measured: `answers-in-time`, `activities`, `people-trained`, `by-hand`.</summary>
    public string? Indicator { get; init; }

    public int? Target { get; init; }

    /// <summary>`monthly`, `quarterly`, `half-yearly`, `yearly`: instead of one date, or beside it.</summary>
    public string? Rhythm { get; init; }

    public string? OwnUnit { get; init; }

    public string? PartnerUnit { get; init; }
}
