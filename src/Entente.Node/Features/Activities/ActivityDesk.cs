using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Storage;
using Entente.Node.Web;
using Entente.Protocol;

namespace Entente.Node.Features.Activities;

/// <summary>Plans activities and says what came of them. Each account goes to the partner, who keeps one of its own.</summary>
internal sealed class ActivityDesk(
    Database database,
    ActivityBook book,
    ActivityProjection projection,
    LinkDirectory links,
    RecordBook record,
    DeskPost post,
    Ids ids
)
{
    public async Task<(string? Id, TextRefusal? Refusal)> OpenAsync(
        Officer officer,
        NewActivity wanted,
        CancellationToken cancellation
    )
    {
        if (await links.FindAsync(wanted.Partner, cancellation) is not { } link)
        {
            return (null, TextRefusal.NoLink);
        }

        var bases = await record.BasesAsync(link.Country, cancellation);
        var id = ids.New();
        var said = new Said(
            wanted.Account with
            {
                Activity = id,
            },
            wanted.Partner,
            wanted.Rank,
            wanted.Serves,
            bases.FirstOrDefault(b => b.Id == wanted.Instrument),
            RestsOn: null
        );
        var refusal = await SayAsync(officer, said, cancellation);
        return (refusal is null ? id : null, refusal);
    }

    /// <summary>How it stands by now, as we see it.</summary>
    public async Task<TextRefusal?> ReportAsync(
        Officer officer,
        string activity,
        ActivityAccount account,
        IReadOnlyList<string> serves,
        CancellationToken cancellation
    )
    {
        if (await book.FindAsync(officer, activity, cancellation) is not { Row: var row })
        {
            return TextRefusal.NotFound;
        }

        var said = new Said(
            account with
            {
                Activity = row.Id,
            },
            row.Partner,
            row.Rank,
            serves,
            Basis: null,
            row.Instrument
        );
        return await SayAsync(officer, said, cancellation);
    }

    private async Task<TextRefusal?> SayAsync(Officer officer, Said said, CancellationToken cancellation)
    {
        if (!said.Account.Holds() || !said.Serves.All(one => Guid.TryParse(one, out _)))
        {
            return TextRefusal.BadCode;
        }

        var letter = new DeskLetter
        {
            Kind = Kinds.Activity,
            Partner = said.Partner,
            Case = said.Account.Activity,
            Object = $"activity:{said.Account.Activity}",
            Subject = said.Account.Title,
            Language = Labels.Language,
            Rank = said.Rank,
            Domain = said.Account.Domain,
            Purpose = said.Account.Title,
            Basis = said.Basis,
            RestsOn = said.RestsOn,
            Serves = said.Serves,
            Body = said.Account.ToBody(),
        };
        var (message, decision) = await post.WriteAsync(officer, letter, cancellation);
        if (message is null)
        {
            return new TextRefusal.Guarded(decision);
        }

        await database.WriteAsync(
            async t =>
            {
                await post.PostAsync(t, message, officer.Login, cancellation);
                await projection.TakeAsync(t, message, said.Account, own: true, cancellation);
            },
            cancellation
        );
        return null;
    }

    private sealed record Said(
        ActivityAccount Account,
        string Partner,
        int Rank,
        IReadOnlyList<string> Serves,
        BasisChoice? Basis,
        string? RestsOn
    );
}

/// <param name="Instrument">The one in force that it rests on.</param>
/// <param name="Serves">Commitments.</param>
internal sealed record NewActivity(
    string Partner,
    int Rank,
    ActivityAccount Account,
    string? Instrument,
    IReadOnlyList<string> Serves
);
