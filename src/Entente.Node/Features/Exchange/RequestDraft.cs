using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A request, information given unasked or an alert, as an officer writes it.</summary>
public sealed record RequestDraft
{
    /// <summary>`request`, `information` or `alert`.</summary>
    public string Kind { get; init; } = Kinds.Request;

    /// <summary>`liaison@es.interior`.</summary>
    public string To { get; init; } = "";

    /// <summary>An existing case with the same partner; null opens a new one.</summary>
    public string? Case { get; init; }

    /// <summary>A received message whose content goes on with this one.</summary>
    public string? Forward { get; init; }

    /// <summary>The subject line.</summary>
    public string Subject { get; init; } = "";

    /// <summary>ISO 639-1 of the draft.</summary>
    public string Language { get; init; } = "fr";

    public string? Domain { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Id of an instrument on record.</summary>
    public string? Basis { get; init; }

    /// <summary>Ids of the commitments it serves.</summary>
    public IReadOnlyList<string> Commitments { get; init; } = [];

    /// <summary>Code of one of the profile's time limits.</summary>
    public string Urgency { get; init; } = "other";

    /// <summary>Code of one of the profile's grounds.</summary>
    public string? UrgencyGround { get; init; }

    public string? UrgencyReason { get; init; }

    /// <summary>The facts and the offence.</summary>
    public string? Justification { get; init; }

    public string? Availability { get; init; }

    /// <summary>How the purpose and the subjects are linked.</summary>
    public string? SubjectLink { get; init; }

    /// <summary>The words of an `information` or an `alert`.</summary>
    public string? Text { get; init; }

    /// <summary>Of an `alert`: one of <see cref="Deadlines.Acknowledgement.Codes"/>.</summary>
    public string Acknowledge { get; init; } = Deadlines.Acknowledgement.Usual;

    public bool GivesInformation => Kind is Kinds.Information or Kinds.Alert;

    /// <summary>What an `information` tells of a breach of personal data here.</summary>
    public BreachNotice? Breach { get; init; }

    /// <summary>A notice of a breach that names nobody and takes nothing along. Its sender answers for its words.</summary>
    public bool IsImpersonal => Breach is not null && Subjects.Count == 0 && Attachments.Count == 0 && Forward is null;

    public int Rank { get; init; }

    public IReadOnlyList<string> Handling { get; init; } = [];

    /// <summary>What H3 means here.</summary>
    public string? HandlingText { get; init; }

    /// <summary>Of information given: how far its source is to be trusted (`A` to `X`).</summary>
    public string? Reliability { get; init; }

    /// <summary>Of information given: how far it is itself (`1` to `4`).</summary>
    public string? Accuracy { get; init; }

    public Safeguards Safeguards { get; init; } = new();

    /// <summary>Why it should go although a second person must be asked: for them, never on the wire.</summary>
    public string? ApprovalReason { get; init; }

    public IReadOnlyList<SubjectDraft> Subjects { get; init; } = [];

    public IReadOnlyList<string> Questions { get; init; } = [];

    /// <summary>Codes of <see cref="RequestChannels"/>: how else this request is sent.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The references on those channels.</summary>
    public string? ChannelReference { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

/// <param name="Name">Name, plate, number: what the subject goes by.</param>
/// <param name="Detail">Nationality, make, issuer, …: free words.</param>
/// <param name="Born">Date of birth, persons only.</param>
public sealed record SubjectDraft(SubjectType Type, string Name, string? Detail = null, string? Born = null)
{
    /// <summary>Persons only: code of one of the profile's categories.</summary>
    public string? Category { get; init; }

    /// <summary>Persons only.</summary>
    public bool IsMinor { get; init; }
}
