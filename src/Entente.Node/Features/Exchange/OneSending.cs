using Entente.Node.Storage;
using Entente.Node.Web.Posting;

namespace Entente.Node.Features.Exchange;

/// <summary>Sends what one form says once, however often the form is posted.</summary>
internal sealed class OneSending(Database database, PostedForms forms)
{
    /// <summary>Judges and sends, unless the same form did. What stands against the second posting may be what the first one did.</summary>
    /// <param name="work">Ends with <see cref="RunAsync"/>, or without having sent anything.</param>
    public async Task<SendResult> OfAsync(PostedForm? post, Func<Task<SendResult>> work, CancellationToken cancellation)
    {
        if (await forms.LedToAsync(post, cancellation) is { } before)
        {
            return new SendResult.Again(before);
        }

        var result = await work();
        return result.Page is null && await forms.LedToAsync(post, cancellation) is { } meanwhile
            ? new SendResult.Again(meanwhile)
            : result;
    }

    /// <param name="post">The form it came by; null where it came another way, and is sent.</param>
    /// <param name="send">All that sending does, in the transaction.</param>
    /// <param name="page">Where it leads, if not to the result's own page.</param>
    public Task<SendResult> RunAsync(
        PostedForm? post,
        Func<Transaction, Task<SendResult>> send,
        CancellationToken cancellation,
        string? page = null
    ) =>
        database.WriteAsync(
            async t =>
            {
                if (post is null)
                {
                    return await send(t);
                }

                if (await forms.LedToAsync(t, post, cancellation) is { } before)
                {
                    return new SendResult.Again(before);
                }

                var result = await send(t);
                if (result.Page is not null && (page ?? result.Page) is { } next)
                {
                    await forms.KeepAsync(t, post, next, cancellation);
                }

                return result;
            },
            cancellation
        );
}
