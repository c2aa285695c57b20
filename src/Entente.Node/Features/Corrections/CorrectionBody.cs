using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Protocol;

namespace Entente.Node.Features.Corrections;

/// <summary>The body of a `correction`: what was sent is wrong, or what became of it there.</summary>
/// <param name="Action">One of <see cref="CorrectionActions"/>.</param>
/// <param name="Of">The message that is meant, of the link this travels on.</param>
/// <param name="Matter">The correction's name at the node that began it: `id@node`.</param>
public sealed record CorrectionBody(string Action, Guid Of, string Matter)
{
    /// <summary>Why it is wrong, or why it is not erased: a code.</summary>
    public string? Ground { get; init; }

    public string? Reason { get; init; }

    /// <summary>By when an answer is expected.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What is right, with `rectify`.</summary>
    public string? Text { get; init; }

    /// <summary>With `erased` and `rectified`: the leaf of the erasure in the sender's ledger.</summary>
    public long? Leaf { get; init; }

    /// <summary>With `onward`: the node that was told in turn.</summary>
    public string? Node { get; init; }

    /// <summary>With `onward`: `told`, `erased`, `rectified` or `refused`.</summary>
    public string? State { get; init; }

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, Json);

    /// <summary>Null where it is not of this shape.</summary>
    public static CorrectionBody? Read(Message message)
    {
        try
        {
            return
                message.Body.Deserialize<CorrectionBody>(Json)
                    is { Action: not null, Matter.Length: > 0 and <= 300 } body
                ? body
                : null;
        }
        catch (JsonException)
        {
            return null; // The partner's body is not of this shape; the caller says so.
        }
    }
}

internal static class CorrectionActions
{
    /// <summary>It must go.</summary>
    public const string Recall = "recall";

    /// <summary>It must be put right: what is right comes with it.</summary>
    public const string Rectify = "rectify";

    /// <summary>It is gone.</summary>
    public const string Erased = "erased";

    /// <summary>It is gone, and what is right stands in its place.</summary>
    public const string Rectified = "rectified";

    /// <summary>It stays, for a reason.</summary>
    public const string Refused = "refused";

    /// <summary>What became of it at a node further on.</summary>
    public const string Onward = "onward";
}

internal static class CorrectionGrounds
{
    /// <summary>Why something sent must not stay.</summary>
    public static readonly IReadOnlyList<string> Wrong =
    [
        "inaccurate",
        "incomplete",
        "outdated",
        "unlawful",
        "wrong-recipient",
        "no-longer-needed",
    ];

    /// <summary>Why something received is kept all the same.</summary>
    public static readonly IReadOnlyList<string> Kept =
    [
        "evidence",
        "legal-duty",
        "vital-interest",
        "own-source",
        "disputed",
    ];
}
