using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Readings;

/// <summary>What every form about one reading brings along.</summary>
internal readonly record struct Door(HttpContext Context, string Id, ReadingReview Review)
{
    public CancellationToken Cancellation => Context.RequestAborted;

    public Task<IFormCollection> FormAsync() => Context.Request.ReadFormAsync(Cancellation);

    /// <summary>The version is a hidden field of every form, so that nobody overwrites what they have not seen.</summary>
    public DraftSeen Seen(IFormCollection form)
    {
        var version = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new DraftSeen(Id, version, Officer.From(Context.User).Login);
    }

    /// <summary>Back to the draft, at the value that was changed, or with what is wrong.</summary>
    /// <param name="form">The query that opens the form again in which something is wrong.</param>
    public IResult Back(ReadingRefusal? refusal, string? value = null, string form = "") =>
        refusal == ReadingRefusal.NotFound ? TypedResults.NotFound()
        : refusal is not null ? TypedResults.LocalRedirect($"~/readings/{Id}?error={refusal.Code}{form}")
        : value is not null
            ? TypedResults.LocalRedirect(
                $"~/readings/{Id}?value={Uri.EscapeDataString(value)}#v-{Uri.EscapeDataString(value)}"
            )
        : TypedResults.LocalRedirect($"~/readings/{Id}");
}
