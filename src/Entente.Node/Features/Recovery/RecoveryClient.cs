using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;

namespace Entente.Node.Features.Recovery;

/// <summary>Our side of the partner's recovery door. Nothing it answers is believed yet.</summary>
internal sealed class RecoveryClient(PartnerClients clients) : IPartnerMemory
{
    private const int Most = 16 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<Reply<Standing>> StandingAsync(LinkedPartner partner, CancellationToken cancellation) =>
        Read<Standing>(await GetAsync(partner, "recovery", cancellation));

    public async Task<Reply<ReturnedEnvelope>> EnvelopeAsync(
        LinkedPartner partner,
        MessageDirection direction,
        long first,
        CancellationToken cancellation
    ) => Read<ReturnedEnvelope>(await GetAsync(partner, $"recovery/{Side(direction)}/{first}", cancellation));

    public Task<Reply<byte[]>> ChunkAsync(
        LinkedPartner partner,
        MessageDirection direction,
        Guid file,
        long chunk,
        CancellationToken cancellation
    ) => GetAsync(partner, $"recovery/files/{Side(direction)}/{file}/{chunk}", cancellation);

    public async Task<Reply<byte[]>> DeclareAsync(LinkedPartner partner, string jws, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "recovery");
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(jws));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/jose");
        return await SendAsync(partner, request, cancellation);
    }

    private static string Side(MessageDirection direction) => direction == MessageDirection.Out ? "sent" : "received";

    private async Task<Reply<byte[]>> GetAsync(LinkedPartner partner, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(partner, request, cancellation);
    }

    private async Task<Reply<byte[]>> SendAsync(
        LinkedPartner partner,
        HttpRequestMessage request,
        CancellationToken cancellation
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        try
        {
            var client = clients.For(partner);
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                patience.Token
            );
            return response.StatusCode switch
            {
                HttpStatusCode.OK => await BodyAsync(response, patience.Token),
                HttpStatusCode.NoContent => new Reply<byte[]>([], null),
                HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented =>
                    Reply<byte[]>.Failed(Reply.NotThere),
                var status => Reply<byte[]>.Failed($"recovery-{(int)status}"),
            };
        }
        catch (HttpRequestException e)
        {
            return Reply<byte[]>.Failed(e.HttpRequestError.ToString());
        }
        catch (IOException e)
        {
            return Reply<byte[]>.Failed(e.GetType().Name);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Reply<byte[]>.Failed("timeout");
        }
    }

    private static async Task<Reply<byte[]>> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (body.Length + read > Most)
            {
                return Reply<byte[]>.Failed("recovery-too-large");
            }

            body.Write(buffer, 0, read);
        }

        return new Reply<byte[]>(body.ToArray(), null);
    }

    private static Reply<T> Read<T>(Reply<byte[]> reply)
        where T : class =>
        reply.Failure is { } failure ? Reply<T>.Failed(failure)
        : Wire.Read<T>(reply.Value) is { } value ? new Reply<T>(value, null)
        : Reply<T>.Failed("recovery-unreadable");
}

/// <param name="Failure">Null when there is a value.</param>
internal sealed record Reply<T>(T? Value, string? Failure)
    where T : class
{
    public bool IsNotThere => Failure == Reply.NotThere;

    public static Reply<T> Failed(string failure) => new(null, failure);
}

internal static class Reply
{
    /// <summary>The partner has no such door, or no such thing.</summary>
    public const string NotThere = "recovery-404";
}
