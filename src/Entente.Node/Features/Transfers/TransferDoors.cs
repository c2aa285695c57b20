using Entente.Node.Documents;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Features.Transfers;

/// <summary>The files as Word documents.</summary>
internal static class TransferDoors
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void MapTransferDoors(this WebApplication app)
    {
        app.MapGet("/transfers/{id:guid}/word", OneAsync)
            .RequireAuthorization(policy => policy.RequireRole(TransferReaders.One.Split(',')));
        app.MapGet("/transfers/processing/word", ProcessingAsync)
            .RequireAuthorization(policy => policy.RequireRole(TransferReaders.List.Split(',')));
    }

    private static async Task<IResult> OneAsync(
        Guid id,
        HttpContext context,
        TransferBook book,
        ExitDoor exits,
        RecordBook record,
        DerivationBook derivations,
        NodeOptions node,
        LegalProfiles profiles,
        Labels labels
    )
    {
        var officer = Officer.From(context.User);
        var file = await book.FindAsync(officer, id.ToString(), context.RequestAborted);
        if (file is null)
        {
            return Results.NotFound();
        }

        if (!(await exits.LeaveAsync(officer, file.Export, context.RequestAborted)).Allowed)
        {
            return Results.LocalRedirect($"/transfers/{id}?refused=true");
        }

        if (file.Opened is not null)
        {
            var made = new Derivation(Derivation.Document, $"message:{id}", officer.Login)
            {
                Messages = [id.ToString()],
            };
            await derivations.KeepAsync(made, context.RequestAborted);
        }

        var bases = await record.BasesAsync(file.Transfer.Country, context.RequestAborted);
        var basis = bases.FirstOrDefault(choice => choice.Id == file.Transfer.Basis)?.Title;
        var document = new WordDocument(
            Labels.Language,
            labels["transfers.one"],
            file.Opened?.Message.Classification.Marking
        );
        document.Title(labels["transfers.one"]);
        document.Table(
            [],
            [
                .. TransferWords
                    .Facts(labels, file, node, profiles, basis)
                    .Select(f => (IReadOnlyList<string>)[f.Label, f.Text]),
            ],
            [1, 2]
        );
        return Results.File(document.ToBytes(), Word, $"transfer-{id}.docx");
    }

    private static async Task<IResult> ProcessingAsync(
        HttpContext context,
        ProcessingRecord record,
        ExitDoor exits,
        NodeOptions node,
        Labels labels
    )
    {
        if (!(await exits.LeaveAsync(Officer.From(context.User), Processing.Export, context.RequestAborted)).Allowed)
        {
            return Results.LocalRedirect("/transfers/processing");
        }

        var processing = await record.OfAsync(context.RequestAborted);
        var document = new WordDocument(Labels.Language, labels["transfers.processing"]);
        document.Title(labels["transfers.processing"]);
        document.Note(
            labels["transfers.processing.subtitle", Wording.Day(processing.From), Wording.Day(processing.At)]
        );
        foreach (var part in ProcessingWords.Parts(labels, processing, node))
        {
            document.Heading(part.Title, 1);
            if (part.Text is not null)
            {
                document.Paragraph(part.Text);
            }

            if (part.Rows.Count > 0)
            {
                document.Table(part.Heads, part.Rows);
            }
        }

        return Results.File(document.ToBytes(), Word, "processing.docx");
    }
}
