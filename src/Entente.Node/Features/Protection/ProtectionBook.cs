using Entente.Node.Features.Exchange;
using Entente.Node.Storage;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Whom to shield from whom. Asked by the guard and where a person's rights are answered; nobody else. Names are compared
/// as keyed hashes of their words, in any order and among other words, so that free text is covered too.
/// </summary>
internal sealed class ProtectionBook(Database database, SearchWords words)
{
    /// <summary>Do these texts name somebody who is protected from that country?</summary>
    public async Task<bool> ShieldsAsync(string country, IEnumerable<string?> texts, CancellationToken cancellation)
    {
        const string sql = "SELECT words FROM protected_person WHERE lifted_at IS NULL AND origin = @Country";
        var marks = await database.ReadAsync(
            c => c.ListAsync<string>(sql, new { Country = country }, cancellation),
            cancellation
        );
        return Among(marks, texts);
    }

    /// <summary>Do these texts name somebody who is protected from anybody?</summary>
    public async Task<bool> NamesAnyAsync(IEnumerable<string?> texts, CancellationToken cancellation)
    {
        const string sql = "SELECT words FROM protected_person WHERE lifted_at IS NULL";
        var marks = await database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
        return Among(marks, texts);
    }

    /// <summary>Spellings divided by bars, words by spaces.</summary>
    public string Mark(IEnumerable<string> names) =>
        string.Join('|', names.Select(name => string.Join(' ', words.Hashes([name]))));

    private bool Among(IReadOnlyList<string> marks, IEnumerable<string?> texts)
    {
        if (marks.Count == 0)
        {
            return false;
        }

        var said = words.Hashes(texts).ToHashSet(StringComparer.Ordinal);
        return marks.Any(mark => mark.Split('|').Any(name => name.Split(' ').All(said.Contains)));
    }
}
