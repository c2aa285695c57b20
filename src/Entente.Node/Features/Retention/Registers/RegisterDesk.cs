using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Retention.Registers;

/// <summary>The queue of the registers' entries, what is decided about them, and their erasure when their period ends.</summary>
internal sealed class RegisterDesk(
    Database database,
    IEnumerable<KeptRegister> registers,
    RegisterPeriods periods,
    LedgerLog ledger,
    TimeProvider clock
)
{
    private const int Few = 200;
    private const string Why = "retention";

    private readonly KeptRegister[] _registers = [.. registers];

    /// <summary>What is to be reviewed, the first due first.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> ToReviewAsync(CancellationToken cancellation)
    {
        var all = new List<RegisterEntry>();
        foreach (var register in _registers)
        {
            var due = await register.ToReviewAsync(clock.GetUtcNow(), Few, cancellation);
            all.AddRange(due.Select(entry => entry with { Code = register.Code }));
        }

        return [.. all.OrderBy(entry => entry.ReviewAt).Take(Few)];
    }

    /// <summary>Still needed: looked at again after the next period.</summary>
    public async Task<bool> KeepAsync(Officer officer, string code, string id, CancellationToken cancellation)
    {
        var next = periods.Review(clock.GetUtcNow());
        return _registers.FirstOrDefault(one => one.Code == code) is { } register
            && await database.WriteAsync(
                async t =>
                {
                    if (await register.ReviewedAsync(t, id, next, cancellation) == 0)
                    {
                        return false;
                    }

                    var leaf = new LedgerEvent(
                        officer.Login,
                        LedgerAction.Decide,
                        $"{code}:{id}",
                        "retention-confirmed"
                    );
                    await ledger.AppendAsync(t, leaf, cancellation);
                    return true;
                },
                cancellation
            );
    }

    /// <summary>No longer needed.</summary>
    public async Task<bool> EndAsync(Officer officer, string code, string id, CancellationToken cancellation)
    {
        var register = _registers.FirstOrDefault(one => one.Code == code);
        var due = register is null ? [] : await register.ToReviewAsync(clock.GetUtcNow(), Few, cancellation);
        return due.Any(entry => entry.Id == id)
            && await database.WriteAsync(t => EraseAsync(t, register!, [id], officer.Login, cancellation), cancellation)
                > 0; // Something of it is due.
    }

    /// <summary>What has come to its end. Returns how many entries.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var register in _registers)
        {
            while (await register.EndedAsync(clock.GetUtcNow(), Few, cancellation) is { Count: > 0 } ended)
            {
                erased += await database.WriteBehindAsync(
                    t => EraseAsync(t, register, ended, Officer.NodeActor, cancellation),
                    cancellation
                );
            }
        }

        return erased;
    }

    private async Task<int> EraseAsync(
        Transaction transaction,
        KeptRegister register,
        IReadOnlyList<string> entries,
        string actor,
        CancellationToken cancellation
    )
    {
        var erased = await register.EraseAsync(transaction, entries, clock.GetUtcNow(), cancellation);
        var leaves = erased.Select(id => new LedgerEvent(actor, LedgerAction.Erase, $"{register.Code}:{id}", Why));
        await ledger.AppendAsync(transaction, [.. leaves], cancellation);
        return erased.Count;
    }
}
