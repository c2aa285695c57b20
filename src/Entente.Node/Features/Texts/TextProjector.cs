using System.Threading.Channels;
using Entente.Node.Features.Recovery;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>
/// Writes the row of a text anew from its messages, and what follows from a text in force. Woken by what comes and goes;
/// what a stop left undone is found stale at the next start.
/// </summary>
internal sealed class TextProjector(
    Database database,
    TextBook book,
    IEnumerable<ITextWatcher> watchers,
    NodeOptions options,
    ILogger<TextProjector> log
) : BackgroundService, IRecoveryWatcher
{
    private readonly Channel<string> _woken = Channel.CreateUnbounded<string>();
    private readonly ITextWatcher[] _watchers = [.. watchers];

    public void Wake(string text) => _woken.Writer.TryWrite(text);

    public async Task<TextRow?> RefreshAsync(string text, CancellationToken cancellation)
    {
        if (await book.RowAsync(text, cancellation) is not { } row)
        {
            return null;
        }

        var view = await book.ViewAsync(row, cancellation);
        var fresh = Fresh(view);
        await database.WriteAsync(
            async t =>
            {
                await TextRows.UpdateAsync(t, fresh, cancellation);
                foreach (var watcher in _watchers)
                {
                    await watcher.ChangedAsync(t, fresh, view.Sent, view.Signed, cancellation);
                }
            },
            cancellation
        );
        return fresh;
    }

    /// <summary>What comes back next may speak of what a text in force promises.</summary>
    public async Task KeptAsync(CancellationToken cancellation)
    {
        foreach (var text in await StaleAsync(cancellation))
        {
            await TryAsync(text, cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var text in await StaleAsync(stoppingToken))
            {
                Wake(text);
            }

            await foreach (var text in _woken.Reader.ReadAllAsync(stoppingToken))
            {
                await TryAsync(text, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private async Task TryAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await RefreshAsync(text, cancellation);
        }
#pragma warning disable CA1031 // The edge of a background loop: the row stays stale and is made at the next change or start.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.NotProjected(log, text, e.GetType().Name);
        }
    }

    private Task<IReadOnlyList<string>> StaleAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT id FROM joint_text WHERE stale LIMIT 10000";
        return database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
    }

    private TextRow Fresh(TextView view)
    {
        // Before anything was sent, the draft is all there is.
        var shown = view.Turns.Count == 0 ? view.Seen : view.Sent;
        return view.Row with
        {
            Kind = shown.Opening?.Kind ?? view.Row.Kind,
            Title = TitleOf(shown),
            State =
                view.Turns.Count == 0 ? TextStates.Draft
                : view.Sent.InForce is not null ? TextStates.InForce
                : view.OwnSignature is not null ? TextStates.SignedHere
                : view.TheirSignature is not null ? TextStates.SignedThere
                : TextStates.Negotiating,
            Disagreements = view.Sent.Disagreements,
            Waiting = view.Sent.All.Count(clause => clause.Heads.Any(v => !v.AcceptedBy.Contains(options.Node))),
            Amends = shown.Opening?.Amends,
            Meeting = shown.Opening?.Meeting,
            Sha256 = view.Sent.InForce?.Sha256,
            InForceAt = view.Sent.InForce?.Since,
        };
    }

    private static string TitleOf(TextState state)
    {
        var wording = state.Title?.Current.Proposed.Wording;
        return wording is null ? ""
            : wording.GetValueOrDefault("fr") is { Length: > 0 } french ? french
            : wording.Values.FirstOrDefault(words => words.Length > 0) ?? "";
    }
}
