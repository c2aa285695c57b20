using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>
/// Makes the document for the next meeting, in any of the six languages, out of what was really done. Nothing is in it that
/// its reader may not see; its classification is the highest of what it was made from.
/// </summary>
internal sealed class BriefingDesk(
    FicheGathering gathering,
    NodeMarking marking,
    LabelBook book,
    Database database,
    LedgerLog ledger,
    DerivationBook derivations,
    TimeProvider clock
)
{
    /// <summary>On the relation. Null where nothing is on record with that state.</summary>
    public Task<Fiche?> MakeAsync(Officer reader, string country, string language, CancellationToken cancellation) =>
        MakeAsync(reader, country, null, language, cancellation);

    /// <param name="meeting">The planned meeting that it is for; null for one on the relation.</param>
    public async Task<Fiche?> MakeAsync(
        Officer reader,
        string country,
        string? meeting,
        string language,
        CancellationToken cancellation
    )
    {
        var sources = await gathering.OfAsync(reader, country, meeting, cancellation);
        if (sources is null)
        {
            return null;
        }

        var rank = sources
            .Texts.Select(t => t.Rank)
            .Append(sources.Exchange.Rank)
            .Append(sources.Activities.Rank)
            .Append(sources.Meeting?.View.Row.Rank ?? 0)
            .Max();
        var mark = await marking.MarkAsync(rank, cancellation);
        await NoteAsync(reader, country, sources.Exchange.Since, cancellation);
        // For this call only: whoever awaits it keeps their own.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Known(language));
        var labels = new Labels(book);
        return new Fiche(
            Known(language),
            sources.Meeting is { } planned
                ? labels["briefing.title.meeting", labels.Country(country), PartialDate.Show(planned.Plan.Date)]
                : labels["briefing.title.of", labels.Country(country)],
            Wording.Day(clock.GetUtcNow()),
            rank,
            mark.Marking,
            [
                .. sources.Meeting is { } held ? [held.Section(labels)] : Array.Empty<FicheSection>(),
                FicheRelation.Glance(labels, sources),
                FicheRelation.People(labels, sources),
                FicheAgreed.Instruments(labels, sources),
                FicheAgreed.Commitments(labels, sources),
                FicheExchange.Figures(labels, sources),
                FicheDone.Results(labels, sources),
                FicheOpen.Points(labels, sources),
                // A meeting has the agenda that both sides gave it.
                .. sources.Meeting is { Plan.Agenda.Count: > 0 }
                    ? Array.Empty<FicheSection>()
                    : [FicheOpen.Agenda(labels, sources)],
            ]
        );
    }

    /// <summary>A briefing as a file, as far as its level is known.</summary>
    public static Departing Export(string country, int rank) =>
        new(DisclosureAct.Export, $"partner:{country}", "briefing") { Kind = Departing.Briefing, Rank = rank };

    /// <summary>A briefing for our own eyes.</summary>
    public static Departing Inside(string country, int rank = 0) =>
        Export(country, rank) with
        {
            Act = DisclosureAct.Brief,
        };

    private static string Known(string language) => LabelBook.Languages.Contains(language) ? language : "fr";

    private Task NoteAsync(Officer reader, string country, DateTimeOffset since, CancellationToken cancellation)
    {
        var leaf = new LedgerEvent(reader.Login, LedgerAction.Consult, $"partner:{country}", "briefing");
        var made = new Derivation(Derivation.Briefing, leaf.Object, reader.Login) { Scope = (country, since) };
        return database.WriteAsync(
            async t =>
            {
                await ledger.AppendAsync(t, leaf, cancellation);
                await derivations.KeepAsync(t, made, cancellation);
            },
            cancellation
        );
    }
}
