using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Protocol;

namespace Entente.Node.Features.Transfers;

/// <summary>What a message says of its own transfer. Codes only: what may name somebody stays in the message.</summary>
internal sealed class TransferReading(PermissionBook permissions, NodeOptions options)
{
    private const int LongestCode = 60;

    public async Task<Transfer> OfAsync(FollowedLeaf leaf, OpenedMessage opened, CancellationToken cancellation)
    {
        var message = opened.Message;
        var origins = message.Kind is Kinds.Information or Kinds.Alert ? message.AsInformation()?.Origins ?? [] : [];
        return Erased(leaf, opened.Stored) with
        {
            Profile = $"{Code(message.Profile.Id)}/{Code(message.Profile.Version)}{Judged(message)}",
            Domain = Code(Projection.Terms(message)?.Domain),
            Basis = Code(message.Basis?.Instrument),
            Article = Code(message.Basis?.Article),
            Ground = Code(message.Transfer?.Ground),
            Data = string.Join(',', Data(message)),
            Persons = string.Join(',', Persons(message)),
            Origins = string.Join(',', origins.Select(origin => $"{Code(origin.Node)}/{Code(origin.Message)}")),
            Authorised = await AuthorisedAsync(origins, opened.Stored.Partner, cancellation),
        };
    }

    /// <summary>What can still be said of one whose content is gone.</summary>
    public static Transfer Erased(FollowedLeaf leaf, StoredMessage stored) =>
        new()
        {
            MessageId = stored.Id,
            CaseId = stored.CaseId,
            At = leaf.At,
            Actor = leaf.Actor,
            Partner = stored.Partner,
            Country = stored.Partner[..2].ToUpperInvariant(),
            ToUnit = stored.ToUnit,
            Kind = stored.Kind,
            Profile = "",
            Rank = stored.ClassificationRank,
            Handling = stored.Handling,
        };

    /// <summary>The terms' version and the file that was signed: `#3 sha256:…`.</summary>
    private static string Judged(Message message) =>
        JudgedBy.Read(message) is not { } judged ? ""
        : judged.ProfileSha256 is { } file ? $"#{judged.Terms} sha256:{Code(file)}"
        : $"#{judged.Terms}";

    private static IEnumerable<string> Data(Message message) =>
        (message.Subjects ?? [])
            .Select(subject => subject.Type.ToString().ToLowerInvariant())
            .Concat(message.Attachments is { Count: > 0 } ? ["file"] : [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Persons(Message message) =>
        (message.Subjects ?? [])
            .Where(subject => subject.Type == SubjectType.Person)
            .Select(subject => Code(subject.Category) is { Length: > 0 } category ? category : "other")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private async Task<bool> AuthorisedAsync(
        IReadOnlyList<OriginReference> origins,
        string to,
        CancellationToken cancellation
    )
    {
        foreach (var origin in origins.Where(origin => origin.Node != options.Node && origin.Node != to))
        {
            if (!await permissions.GrantedAsync(origin.Node, origin.Message, to, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    // A partner's message says what it likes here; a code has no comma and no length.
    private static string Code(string? text) =>
        text is null ? ""
        : text.Length > LongestCode || text.AsSpan().IndexOfAny(',', '\n') >= 0 ? "?"
        : text;
}
