using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Hosting;
using Entente.Node.Web;

namespace Entente.Node.Features.Texts;

/// <summary>Begins a text from its kind's template, filled from a meeting where there is one.</summary>
internal sealed class TextBeginnings(
    TextOpening desk,
    TextBook book,
    TextTemplates templates,
    MeetingBook meetings,
    LinkDirectory links,
    LabelBook labels,
    NodeOptions options
)
{
    public async Task<(string? Id, TextRefusal? Refusal)> OpenAsync(
        Officer officer,
        TextBeginning wanted,
        CancellationToken cancellation
    )
    {
        if (!TextKinds.All.Contains(wanted.Kind) || wanted.Languages.Count is 0 or > 6)
        {
            return (null, TextRefusal.BadCode);
        }

        if (await links.FindAsync(wanted.Partner, cancellation) is not { } link)
        {
            return (null, TextRefusal.NoLink);
        }

        var amended = wanted.Amends is null ? null : await book.RowAsync(wanted.Amends, cancellation);
        if (wanted.Amends is not null && amended is not { IsInForce: true })
        {
            return (null, TextRefusal.NotFound);
        }

        var meeting = wanted.Meeting is null ? null : await meetings.FindAsync(wanted.Meeting, cancellation);
        var facts = new TemplateFacts(options, link, labels, meeting, amended?.Title);
        return await desk.OpenAsync(
            officer,
            new NewText(
                wanted.Partner,
                wanted.Kind,
                wanted.Languages,
                templates.Title(wanted.Kind, wanted.Languages, facts),
                wanted.FromTemplate ? templates.Clauses(wanted.Kind, wanted.Languages, facts) : [],
                wanted.Rank,
                amended?.Id,
                meeting?.Row.Id
            ),
            cancellation
        );
    }
}

internal sealed record TextBeginning
{
    public required string Partner { get; init; }
    public required string Kind { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public int Rank { get; init; }
    public string? Meeting { get; init; }
    public string? Amends { get; init; }
    public bool FromTemplate { get; init; } = true;
}
