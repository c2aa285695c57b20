using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Our side of the partner's link door. Every way it can fail is a value; nothing it answers is trusted yet.</summary>
internal sealed class PartnerDoor(PartnerClients clients, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A line of 16 KiB a second is slow, not broken.
    private const double SlowestBytesPerSecond = 16 * 1024;

    // Whoever asks for more is asked again all the same: a proxy's day off must not be a link's.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly MediaTypeHeaderValue Jose = new("application/jose");
    private static readonly MediaTypeHeaderValue Chunk = new("application/octet-stream");

    public async Task<PostOutcome> PostAsync(
        LinkedPartner partner,
        ReadOnlyMemory<byte> jwe,
        CancellationToken cancellation
    )
    {
        var sentAt = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, "envelopes") { Content = Body(jwe, Jose) };
        var answer = await SendAsync(partner, request, jwe.Length, cancellation);
        return answer.Failure is not null || answer.Status != HttpStatusCode.OK
            ? Problem(answer)
            : new PostOutcome.Receipted(answer.Text, sentAt, clock.GetUtcNow());
    }

    /// <summary>Null when the chunk is with the partner.</summary>
    public async Task<PostOutcome.Failed?> PutChunkAsync(
        LinkedPartner partner,
        Guid id,
        long number,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"attachments/{id}/{number}");
        request.Content = Body(bytes, Chunk);
        var answer = await SendAsync(clients.ForFiles(partner), request, bytes.Length, cancellation);
        return answer.Status == HttpStatusCode.NoContent ? null
            : Problem(answer) is PostOutcome.Failed failed ? failed
            : new PostOutcome.Failed($"attachment-{(int)answer.Status}");
    }

    /// <summary>Which chunks of a file the partner has; an older node that cannot say gets them all.</summary>
    public async Task<(IReadOnlyList<ChunkRange> Held, PostOutcome.Failed? Failed)> HeldAsync(
        LinkedPartner partner,
        Guid id,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"attachments/{id}");
        var answer = await SendAsync(clients.ForFiles(partner), request, 0, cancellation);
        if (answer.Failure is null && answer.Status is HttpStatusCode.OK or HttpStatusCode.NotFound)
        {
            var ranges = Parse(answer.Text)?["held"] as JsonArray ?? [];
            return ([.. ranges.Select(Range).OfType<ChunkRange>()], null);
        }

        return (
            [],
            Problem(answer) as PostOutcome.Failed ?? new PostOutcome.Failed($"attachment-{(int)answer.Status}")
        );
    }

    private static ChunkRange? Range(JsonNode? node) =>
        node is JsonArray { Count: 2 } pair && Number(pair[0]) is { } first && Number(pair[1]) is { } last && first >= 0
            ? new ChunkRange(first, last)
            : null;

    /// <summary>The proof that the partner's ledger only grew; null when it did not give one.</summary>
    public async Task<IReadOnlyList<Hash>?> ConsistencyAsync(
        LinkedPartner partner,
        long first,
        long second,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"consistency?first={first}&second={second}");
        var answer = await SendAsync(partner, request, 0, cancellation);
        if (
            answer.Status != HttpStatusCode.OK
            || Parse(answer.Text) is not { } json
            || json["proof"] is not JsonArray path
        )
        {
            return null;
        }

        var proof = new List<Hash>();
        foreach (var node in path)
        {
            if (!Hash.TryParse(Text(node), out var hash))
            {
                return null;
            }

            proof.Add(hash);
        }

        return proof;
    }

    /// <summary>What the partner says of a leaf of its ledger, unchecked; or why it says nothing.</summary>
    public async Task<(JsonNode? Said, string? Failure)> InclusionAsync(
        LinkedPartner partner,
        long leaf,
        long size,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"inclusion?leaf={leaf}&size={size}");
        var answer = await SendAsync(partner, request, 0, cancellation);
        return answer.Status == HttpStatusCode.OK
            ? (Parse(answer.Text), null)
            : (null, answer.Failure ?? $"{(int)answer.Status}");
    }

    private Task<Answer> SendAsync(
        LinkedPartner partner,
        HttpRequestMessage request,
        int bytes,
        CancellationToken cancellation
    ) => SendAsync(clients.For(partner), request, bytes, cancellation);

    private static async Task<Answer> SendAsync(
        HttpClient client,
        HttpRequestMessage request,
        int bytes,
        CancellationToken cancellation
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        patience.CancelAfter(Patience + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond));
        try
        {
            using var response = await client.SendAsync(request, patience.Token);
            // Not as a string: the charset, too, is the partner's to name.
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(patience.Token));
            return new Answer(response.StatusCode, text, Wait(response.Headers.RetryAfter?.Delta), null);
        }
        catch (HttpRequestException e)
        {
            var code = e.InnerException is AuthenticationException ? "certificate" : e.HttpRequestError.ToString();
            return Answer.Nothing(code);
        }
        catch (IOException e)
        {
            return Answer.Nothing(e.GetType().Name);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Answer.Nothing("timeout");
        }
    }

    private static PostOutcome Problem(Answer answer)
    {
        if (answer.Failure is { } failure)
        {
            return new PostOutcome.Failed(failure);
        }

        var problem = Parse(answer.Text);
        var reason = Text(problem?["reason"]);
        return (answer.Status, reason) switch
        {
            (HttpStatusCode.Conflict, "gap") when Number(problem?["expected"]) is { } expected => new PostOutcome.Gap(
                expected
            ),
            (HttpStatusCode.Conflict, "fork") => new PostOutcome.Fork(),
            (HttpStatusCode.Conflict, "attachments-missing") => new PostOutcome.FilesMissing([
                .. (problem?["attachments"] as JsonArray ?? []).Select(Text).OfType<string>(),
            ]),
            _ => new PostOutcome.Failed(Code(answer.Status, reason), answer.RetryAfter),
        };
    }

    // Only codes of a known form are kept: what a partner writes must not reach a log or a page as it is.
    private static string Code(HttpStatusCode status, string? reason) =>
        reason is { Length: < 40 } && reason.All(c => char.IsAsciiLetterLower(c) || c == '-')
            ? $"{(int)status}-{reason}"
            : $"{(int)status}";

    private static TimeSpan? Wait(TimeSpan? asked) => asked > LongestWait ? LongestWait : asked;

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonNode? node)
    {
        try
        {
            return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair is no text.
        }
    }

    private static long? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static ReadOnlyMemoryContent Body(ReadOnlyMemory<byte> bytes, MediaTypeHeaderValue type)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.ContentType = type;
        return content;
    }

    private readonly record struct Answer(HttpStatusCode Status, string Text, TimeSpan? RetryAfter, string? Failure)
    {
        public static Answer Nothing(string failure) => new(0, "", null, failure);
    }
}
