using Entente.Node.Features.Delivery;
using Entente.Node.Guard;

namespace Entente.Node.Features.Exchange;

/// <summary>A case as one officer may see it.</summary>
public sealed record CaseFile
{
    public required string Id { get; init; }

    /// <summary>Its requests and informations, oldest first.</summary>
    public required IReadOnlyList<RequestRow> Rows { get; init; }

    public required IReadOnlyList<CaseEntry> Entries { get; init; }

    public required IReadOnlyList<CaseNote> Notes { get; init; }

    public required IReadOnlyList<PermissionRow> Permissions { get; init; }

    /// <summary>The partner's request that waits for our answer, the most urgent first; null where none does.</summary>
    public RequestRow? ToAnswer =>
        Rows.Where(row => row is { Incoming: true, Open: true, Kind: "request" }).MinBy(row => row.SortAt);
}

/// <param name="Opened">Null where the guard refuses it to this officer, or its content was erased.</param>
public sealed record CaseEntry(StoredMessage Stored, OpenedMessage? Opened, Decision View)
{
    /// <summary>What the guard says to producing it in court; null where it was not asked.</summary>
    public Decision? Prove { get; init; }

    /// <summary>What the guard says to printing it; null where it was not asked.</summary>
    public Decision? Print { get; init; }

    /// <summary>What the guard says to passing it on, to whomever it stands least against; null where there is nobody.</summary>
    public Decision? PassOn { get; init; }
}

public sealed record CaseNote(DateTimeOffset At, string Author, string Text);
